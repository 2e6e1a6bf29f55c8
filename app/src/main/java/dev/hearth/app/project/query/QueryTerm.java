package dev.hearth.app.project.query;

import dev.hearth.app.project.InvocationStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One condition of a query. */
public sealed interface QueryTerm {
  /** Whether a row meets it. */
  boolean test(QueryRow row);

  /** A figure of a row that can be compared. */
  enum Figure {
    DURATION,
    INIT,
    BILLED,
    MEMORY,
    COST,
    VERSION;

    /** Below 0 when it was not measured. */
    public long of(QueryRow row) {
      return switch (this) {
        case DURATION -> row.durationNanos();
        case INIT -> row.initNanos();
        case BILLED -> row.billedMillis() * 1_000_000;
        case MEMORY -> row.peakMemoryBytes();
        case COST -> row.costPicoUsd();
        case VERSION -> row.sourceVersion();
      };
    }
  }

  /** A name of a row that can be looked into. */
  enum Name {
    FUNCTION,
    ERROR,
    ENVIRONMENT;

    @Nullable String of(QueryRow row) {
      return switch (this) {
        case FUNCTION -> row.functionName();
        case ERROR -> row.errorType();
        case ENVIRONMENT -> row.environmentId();
      };
    }
  }

  /** One of several ways to end. */
  record Status(Set<InvocationStatus> any) implements QueryTerm {
    @Override
    public boolean test(QueryRow row) {
      return any.contains(row.status());
    }
  }

  record Cold(boolean wanted) implements QueryTerm {
    @Override
    public boolean test(QueryRow row) {
      return row.coldStart() == wanted;
    }
  }

  /**
   * A measured figure between two bounds, both included.
   *
   * @param min at least 0: what was not measured never matches
   */
  record Amount(Figure figure, long min, long max) implements QueryTerm {
    @Override
    public boolean test(QueryRow row) {
      long value = figure.of(row);
      return value >= min && value <= max;
    }
  }

  /**
   * Peak memory as a part of the configured memory.
   *
   * @param over whether more than the part is wanted, else less
   * @param equal whether the part itself is wanted too
   */
  record MemoryShare(double percent, boolean over, boolean equal) implements QueryTerm {
    @Override
    public boolean test(QueryRow row) {
      long peak = row.peakMemoryBytes();
      if (peak < 0) {
        return false;
      }
      double share = peak * 100.0 / (row.memoryMb() * 1_048_576.0);
      return over
          ? share > percent || equal && share == percent
          : share < percent || equal && share == percent;
    }
  }

  /** Accepted between two times, both included; nanoseconds since the epoch. */
  record Time(long from, long to) implements QueryTerm {
    @Override
    public boolean test(QueryRow row) {
      return row.queuedAt() >= from && row.queuedAt() <= to;
    }
  }

  /** A name that contains something, or is exactly that; the text in lower case. */
  record NameHas(Name name, NameTest has) implements QueryTerm {
    public NameHas(Name name, String text, boolean exact) {
      this(name, new NameTest(text, exact));
    }

    @Override
    public boolean test(QueryRow row) {
      return has.test(name.of(row));
    }
  }

  /** A request id that starts so, in lower case. */
  record Id(String start) implements QueryTerm {
    @Override
    public boolean test(QueryRow row) {
      return row.idStartsWith(start);
    }
  }

  /**
   * Something that stands in the event, the response, the log, or is part of a name.
   *
   * @param number from 0, among the words of a query
   * @param text in lower case
   * @param quoted whether it must stand so, else words may only start so
   */
  record Word(
      int number,
      String text,
      boolean quoted,
      NameTest function,
      NameTest error,
      Set<InvocationStatus> statuses)
      implements QueryTerm {
    public Word(int number, String text, boolean quoted) {
      this(
          number,
          text,
          quoted,
          new NameTest(text, false),
          new NameTest(text, false),
          HistoryQuery.statusesNamed(text));
    }

    @Override
    public boolean test(QueryRow row) {
      return row.hasText(this)
          || function.test(row.functionName())
          || error.test(row.errorType())
          || statuses.contains(row.status())
          || row.idStartsWith(text);
    }
  }

  /** The opposite. */
  record Not(QueryTerm term) implements QueryTerm {
    @Override
    public boolean test(QueryRow row) {
      return !term.test(row);
    }
  }
}
