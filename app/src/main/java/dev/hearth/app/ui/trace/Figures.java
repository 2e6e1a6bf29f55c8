package dev.hearth.app.ui.trace;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.json.HttpAnswer;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The figures at the head of the inspector, in words; what was not measured says so. */
final class Figures {
  private final Texts texts = Texts.of("trace");

  /**
   * One figure.
   *
   * @param style a style class for its colour; empty for none
   */
  record Figure(String label, String value, String style) {}

  /**
   * @param detail null while it is being read: it has the HTTP status of an answer that has one
   */
  List<Figure> of(InvocationRecord r, @Nullable InvocationDetail detail) {
    List<Figure> figures = new ArrayList<>();
    OptionalInt http =
        detail == null || r.status() != InvocationStatus.OK
            ? OptionalInt.empty()
            : HttpAnswer.status(detail.response());
    figures.add(
        http.isPresent()
            ? new Figure(
                texts.get("figure.status"),
                String.valueOf(http.getAsInt()),
                http.getAsInt() >= 400 ? "error" : "ok")
            : new Figure(texts.get("figure.status"), status(r), statusStyle(r.status())));
    boolean ran = r.startedAt() > 0;
    if (ran) {
      figures.add(
          new Figure(
              texts.get("figure.start"),
              texts.get(r.coldStart() ? "start.cold" : "start.warm"),
              r.coldStart() ? "cold" : "warm"));
    }
    if (r.coldStart() && r.initNanos() != 0) {
      figures.add(new Figure(texts.get("figure.init"), duration(r.initNanos()), ""));
    }
    if (!r.status().ended()) {
      return figures;
    }
    figures.add(new Figure(texts.get("figure.duration"), duration(r.durationNanos()), ""));
    if (ran) {
      figures.add(new Figure(texts.get("figure.billed"), Units.billed(r.billedMillis()), ""));
      figures.add(new Figure(texts.get("figure.memory"), memory(r), "gold"));
      figures.add(new Figure(texts.get("figure.cpu"), duration(r.cpuNanos()), ""));
      figures.add(new Figure(texts.get("figure.cost"), Units.money(r.costPicoUsd()), "gold"));
    }
    if (r.sourceVersion() > 0) {
      figures.add(new Figure(texts.get("figure.code"), "v" + r.sourceVersion(), ""));
    }
    return figures;
  }

  private static String status(InvocationRecord r) {
    return r.errorType() == null ? HistoryQuery.statusWord(r.status()) : r.errorType();
  }

  private static String statusStyle(InvocationStatus status) {
    return switch (status) {
      case OK -> "ok";
      case PENDING, RUNNING -> "warm";
      case THROTTLED -> "throttle";
      case CANCELLED -> "muted";
      default -> "error";
    };
  }

  private String duration(long nanos) {
    return nanos < 0 ? texts.get("unmeasured") : Units.duration(nanos);
  }

  private String memory(InvocationRecord r) {
    if (r.peakMemoryBytes() < 0) {
      return texts.get("unmeasured");
    }
    String used = Units.bytes(r.peakMemoryBytes());
    String limit = Units.megabytes(r.memoryMb());
    return (used.endsWith(" MB") ? used.substring(0, used.length() - 3) : used) + " / " + limit;
  }
}
