package dev.hearth.app.testing;

import com.sun.javafx.tk.Toolkit;
import com.sun.scenario.animation.AbstractPrimaryTimer;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.Timeline;

/**
 * Tells whether JavaFX has a reason to make frames: something that moves, blinks or waits by its
 * clock. It has no public question for that.
 */
public final class Animations {
  private Animations() {}

  /** The animations and timers that run, by what they belong to. FX thread. */
  public static List<String> running() {
    AbstractPrimaryTimer timer = Toolkit.getToolkit().getPrimaryTimer();
    List<String> all = new ArrayList<>();
    try {
      add(all, timer, "receivers");
      add(all, timer, "animationTimers");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This JavaFX keeps its animations otherwise", e);
    }
    return all;
  }

  private static void add(List<String> all, AbstractPrimaryTimer timer, String name)
      throws ReflectiveOperationException {
    Object records = field(timer, AbstractPrimaryTimer.class, name);
    int length = (int) field(timer, AbstractPrimaryTimer.class, name + "Length");
    for (int i = 0; i < length; i++) {
      Object record = Array.get(records, i);
      Method receiver = record.getClass().getSuperclass().getDeclaredMethod("receiver");
      receiver.setAccessible(true);
      all.add(owner(receiver.invoke(record)));
    }
  }

  /** Receivers are inner objects of what moves. */
  private static String owner(Object receiver) throws ReflectiveOperationException {
    for (Field field : receiver.getClass().getDeclaredFields()) {
      if (field.getName().startsWith("this$")) {
        return described(field(receiver, receiver.getClass(), field.getName()));
      }
    }
    return String.valueOf(receiver);
  }

  private static String described(Object moving) {
    return moving instanceof Timeline timeline
        ? timeline
            + timeline.getKeyFrames().stream()
                .map(frame -> frame.getTime() + " " + frame.getOnFinished() + frame.getValues())
                .toList()
                .toString()
        : String.valueOf(moving);
  }

  private static Object field(Object of, Class<?> type, String name)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }
}
