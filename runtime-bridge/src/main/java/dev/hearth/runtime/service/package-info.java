/** The AWS Lambda service API over loopback HTTP. */
@NullMarked
package dev.hearth.runtime.service;

import org.jspecify.annotations.NullMarked;
