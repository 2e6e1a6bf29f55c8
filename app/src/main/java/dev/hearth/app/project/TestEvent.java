package dev.hearth.app.project;

/**
 * A saved test event of the project; every function can be invoked with it.
 *
 * @param id row id
 * @param kind short label of what it imitates, e.g. {@code SQS}; empty when hand-made
 * @param json the text as the user wrote it; may be broken JSON while it is being edited
 */
public record TestEvent(long id, String name, String kind, String json) {}
