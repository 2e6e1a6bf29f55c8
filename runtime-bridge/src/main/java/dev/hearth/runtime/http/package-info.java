/**
 * A small, strict HTTP/1.1 codec over blocking sockets: what the Runtime API and the Invoke API
 * need and nothing more. It knows no Lambda words.
 */
@NullMarked
package dev.hearth.runtime.http;

import org.jspecify.annotations.NullMarked;
