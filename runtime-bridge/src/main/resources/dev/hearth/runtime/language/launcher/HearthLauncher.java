package dev.hearth.launcher;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;

/**
 * The main class of a Java function's process: notes when the JVM began to run Java code, then
 * hands over to AWS's runtime interface client.
 */
public final class HearthLauncher {
  /** Monotonic nanoseconds at which the main method began. */
  public static volatile long bootNanos;

  private HearthLauncher() {}

  public static void main(String[] arguments) throws Throwable {
    bootNanos = System.nanoTime();
    AWSLambda.main(arguments);
  }
}
