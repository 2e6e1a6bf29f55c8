package dev.hearth.app.ui.kit.code;

/** What is looked for in a text. */
public record FindQuery(String text, boolean matchCase, boolean wholeWord, boolean regex) {}
