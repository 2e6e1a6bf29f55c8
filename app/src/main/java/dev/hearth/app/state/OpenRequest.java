package dev.hearth.app.state;

/**
 * A panel's wish that the editor show a file: from the explorer, the search, or a line of a stack
 * trace.
 *
 * @param path relative to the function's source folder
 * @param line from 1; 0 to leave the caret where it is
 */
public record OpenRequest(long functionId, String path, int line) {}
