package dev.hearth.app.ui.kit.code;

/**
 * One replacement in a text, undone in one step.
 *
 * @param text what stands between start and end afterwards
 * @param after what is selected afterwards
 */
public record Edit(Place start, Place end, String text, Selected after) {}
