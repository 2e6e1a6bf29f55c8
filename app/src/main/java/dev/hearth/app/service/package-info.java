/** Use cases, shared by the window and the command line. */
@NullMarked
package dev.hearth.app.service;

import org.jspecify.annotations.NullMarked;
