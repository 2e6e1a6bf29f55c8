package dev.hearth.app.testing;

import dev.hearth.app.ui.kit.Dialogs;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers questions from a script and remembers what was asked. */
public final class FakeDialogs implements Dialogs {
  private final List<String> asked = new ArrayList<>();
  private final Deque<Boolean> confirmations = new ArrayDeque<>();
  private final Deque<Optional<String>> answers = new ArrayDeque<>();
  private @Nullable Path file;

  /** The next confirmation is answered with this; without a script it is declined. */
  public FakeDialogs confirmNext(boolean yes) {
    confirmations.add(yes);
    return this;
  }

  /** The next question is answered with this text; null cancels, as does an empty script. */
  public FakeDialogs answerNext(@Nullable String text) {
    answers.add(Optional.ofNullable(text));
    return this;
  }

  /** Every file or folder chooser returns this. */
  public FakeDialogs choose(@Nullable Path path) {
    file = path;
    return this;
  }

  /** Titles and texts in order. */
  public List<String> asked() {
    return asked;
  }

  @Override
  public boolean confirm(String title, String text, String verb) {
    asked.add(title + ": " + text + " [" + verb + "]");
    return !confirmations.isEmpty() && confirmations.poll();
  }

  @Override
  public Optional<String> ask(String title, String label, String initial, String verb) {
    asked.add(title + ": " + label + " (" + initial + ") [" + verb + "]");
    Optional<String> answer = answers.poll();
    return answer == null ? Optional.empty() : answer;
  }

  @Override
  public Optional<String> askAny(String title, String label, String initial, String verb) {
    return ask(title, label, initial, verb);
  }

  @Override
  public Optional<Path> openFile(String title) {
    asked.add(title);
    return Optional.ofNullable(file);
  }

  @Override
  public Optional<Path> saveFile(String title, String suggestedName) {
    asked.add(title + " (" + suggestedName + ")");
    return Optional.ofNullable(file);
  }

  @Override
  public Optional<Path> openFolder(String title) {
    asked.add(title);
    return Optional.ofNullable(file);
  }
}
