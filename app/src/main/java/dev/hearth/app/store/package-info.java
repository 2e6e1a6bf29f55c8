/** SQLite: migrations, repositories, the batched writer. */
@NullMarked
package dev.hearth.app.store;

import org.jspecify.annotations.NullMarked;
