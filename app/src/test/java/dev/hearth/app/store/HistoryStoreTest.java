package dev.hearth.app.store;

import static dev.hearth.app.store.Invocations.AT;
import static dev.hearth.app.store.Invocations.ENVIRONMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.ImportedModules;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.MemoryPoint;
import dev.hearth.app.project.TraceSpan;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.QueryParser;
import dev.hearth.app.project.query.QueryTimes;
import dev.hearth.app.project.query.SortOrder;
import dev.hearth.runtime.event.ImportedModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryStoreTest {
  @TempDir Path folder;

  private final ConcurrentLinkedQueue<HistoryWrite> waiting = new ConcurrentLinkedQueue<>();
  private final List<String> notices = new ArrayList<>();
  private Database database;
  private HistoryWriter writer;
  private HistoryReader reader;

  @BeforeEach
  void open() {
    Path file = folder.resolve("p.hearth");
    new ProjectFiles().create(file);
    reopen(file);
  }

  private void reopen(Path file) {
    database = new ProjectFiles().open(file);
    writer = new HistoryWriter(database, this::drain, notices::add);
    reader = new HistoryReader(database);
  }

  private void drain(Consumer<HistoryWrite> sink) {
    for (HistoryWrite write = waiting.poll(); write != null; write = waiting.poll()) {
      sink.accept(write);
    }
  }

  @AfterEach
  void close() {
    writer.close();
    database.close();
  }

  private void store(HistoryWrite... writes) {
    waiting.addAll(List.of(writes));
    writer.wake();
    writer.flush();
  }

  @Test
  void whatIsStoredComesBackExactly() {
    InvocationDetail small = Invocations.ended(AT);
    InvocationDetail large =
        Invocations.ended(AT + 1_000, "not-a-uuid", "e".repeat(5_000), "r".repeat(300));
    store(
        new HistoryWrite.Environment(Invocations.environment()),
        new HistoryWrite.Ended(small),
        new HistoryWrite.Ended(large));

    assertThat(reader.recent(10)).containsExactly(small.record(), large.record());
    assertSame(small);
    assertSame(large);
    assertThat(reader.detail("unknown")).isEmpty();
  }

  @Test
  void spansThatComeAfterTheEndAreAdded() {
    InvocationDetail call = Invocations.ended(AT);
    TraceSpan.Reported failed = new TraceSpan.Reported("a1", "b2", "Boom: no");
    TraceSpan early = reported(failed, "early", AT + 10);
    TraceSpan later = reported(new TraceSpan.Reported("b2", null, null), "later", AT + 9);
    store(
        new HistoryWrite.Ended(call),
        new HistoryWrite.LateSpans(call.record().requestId(), List.of(early)));
    store(
        new HistoryWrite.LateSpans(call.record().requestId(), List.of(later)),
        new HistoryWrite.LateSpans("unknown", List.of(later)));

    List<TraceSpan> spans = reader.detail(call.record().requestId()).orElseThrow().spans();
    assertThat(spans)
        .extracting(TraceSpan::name)
        .containsExactly("Lambda", "Invocation", "later", "early");
    assertThat(spans.getLast().depth()).isEqualTo(2);
    assertThat(spans.getLast().reported()).isEqualTo(failed);
    assertThat(spans.getLast().startAt()).isEqualTo(AT + 10);
    assertThat(notices).isEmpty();
    for (String word : List.of("early", "later", "Boom", "caf\u00e9")) {
      HistoryQuery query = QueryParser.parse(word, QueryTimes.here()).query();
      assertThat(reader.search().search(query, SortOrder.NEWEST_FIRST).positions())
          .as(word)
          .containsExactly(AT);
    }
  }

  private static TraceSpan reported(TraceSpan.Reported what, String name, long at) {
    return new TraceSpan(TraceSpan.Kind.REMOTE, name, "GET x", 1, at, at + 4, what);
  }

  private void assertSame(InvocationDetail expected) {
    InvocationDetail found = reader.detail(expected.record().requestId()).orElseThrow();
    assertThat(found).usingRecursiveComparison().isEqualTo(expected);
  }

  @Test
  void aLargeBodyIsStoredOnce() {
    for (int i = 0; i < 20; i++) {
      waiting.add(
          new HistoryWrite.Ended(
              Invocations.ended(AT + i, "id-" + i, "x".repeat(10_000), "y".repeat(10_000))));
    }
    store();

    assertThat(database.<Long>read(sql -> sql.number("SELECT count(*) FROM bodies"))).isEqualTo(2);
    assertThat(reader.count()).isEqualTo(20);
  }

  @Test
  void pagesBackInOrderOfTimeAlsoWhenTimesAreEqual() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ids.add("id-" + i);
      waiting.add(new HistoryWrite.Ended(Invocations.ended(AT + i / 3, "id-" + i, "{}", "1")));
    }
    store();

    List<InvocationRecord> newest = reader.recent(10);
    List<InvocationRecord> middle = reader.before(newest.getFirst(), 10);
    List<InvocationRecord> oldest = reader.before(middle.getFirst(), 15);
    List<String> found = new ArrayList<>();
    for (List<InvocationRecord> page : List.of(oldest, middle, newest)) {
      page.forEach(record -> found.add(record.requestId()));
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(ids).doesNotHaveDuplicates();
    assertThat(reader.recent(30)).extracting(InvocationRecord::queuedAt).isSorted();
  }

  @Test
  void aRunningCallIsThereBeforeItEndsAndOnceAfterwards() {
    InvocationRecord running = Invocations.record(AT, "r1", InvocationStatus.RUNNING);
    InvocationDetail known =
        new InvocationDetail(
            running, new byte[] {'1'}, new byte[0], List.of(), List.of(), List.of());
    store(new HistoryWrite.Environment(Invocations.environment()), new HistoryWrite.Open(known));
    assertThat(reader.recent(5)).containsExactly(running);

    InvocationDetail ended = Invocations.ended(AT, "r1", "{}", "1");
    store(new HistoryWrite.Ended(ended));
    assertThat(reader.recent(5)).containsExactly(ended.record());
  }

  @Test
  void keepsWhatLoadingTheHandlerWasMadeOf() {
    InvocationDetail plain = Invocations.ended(AT, "r1", "{}", "1");
    ImportedModules imports =
        new ImportedModules(
            812,
            List.of(
                new ImportedModule(
                    -1, ImportedModule.Kind.MODULE, "app", "/var/task/app.py", AT - 90, 80, 30),
                new ImportedModule(0, ImportedModule.Kind.CLASS_INIT, "a.B", "", AT - 70, 50, 50)));
    InvocationDetail measured =
        new InvocationDetail(
            plain.record(),
            plain.event(),
            plain.response(),
            plain.log(),
            plain.spans(),
            plain.memory(),
            null,
            imports);
    store(
        new HistoryWrite.Environment(Invocations.environment()),
        new HistoryWrite.Ended(measured),
        new HistoryWrite.Ended(Invocations.ended(AT + 5, "r2", "{}", "1")));

    assertThat(reader.detail("r1").orElseThrow().imports()).isEqualTo(imports);
    assertThat(reader.detail("r2").orElseThrow().imports()).isNull();
  }

  @Test
  void environmentsAreUpdatedAndHaveTheirMemoryCurve() {
    EnvironmentRecord gone =
        new EnvironmentRecord(ENVIRONMENT, "hello", 128, AT - 1_000, AT, AT + 9_000, "crashed");
    store(
        new HistoryWrite.Environment(Invocations.environment()),
        new HistoryWrite.Ended(Invocations.ended(AT)),
        new HistoryWrite.Ended(Invocations.ended(AT + 1_000)),
        new HistoryWrite.Environment(gone));

    assertThat(reader.environments(5)).containsExactly(gone);
    assertThat(reader.memory(ENVIRONMENT, AT, AT + 1_040))
        .extracting(MemoryPoint::at)
        .containsExactly(AT + 40, AT + 900, AT + 1_040);
  }

  @Test
  void clearingLeavesWhatLivesAndWritingGoesOn() {
    store(
        new HistoryWrite.Environment(Invocations.environment()),
        new HistoryWrite.Ended(Invocations.ended(AT, "a", "x".repeat(999), "1")));
    reader.clear(writer);

    assertThat(reader.count()).isZero();
    assertThat(reader.environments(5)).hasSize(1);
    InvocationDetail next = Invocations.ended(AT + 5, "b", "x".repeat(999), "1");
    store(new HistoryWrite.Ended(next));
    assertSame(next);
    assertThat(notices).isEmpty();
  }

  @Test
  void historyClearedByAnotherProcessDoesNotStopTheWriter() {
    store(
        new HistoryWrite.Environment(Invocations.environment()),
        new HistoryWrite.Ended(Invocations.ended(AT, "a", "x".repeat(999), "1")));
    database.write(
        sql -> {
          sql.execute("DELETE FROM invocations; DELETE FROM bodies; DELETE FROM environments");
          return true;
        });
    InvocationDetail next = Invocations.ended(AT + 5, "b", "x".repeat(999), "1");
    store(new HistoryWrite.Ended(next));

    assertThat(reader.detail("b").orElseThrow().event()).isEqualTo(next.event());
    assertThat(notices).isEmpty();
  }

  @Test
  void aFullDiskIsToldOnceAndWhatWasKeptIsStoredWhenThereIsSpaceAgain() {
    limitPages(1);
    for (int i = 0; i < 3; i++) {
      store(new HistoryWrite.Ended(big(i)));
    }
    assertThat(notices).hasSize(1);
    assertThat(notices.getFirst()).contains("disk is full").contains("p.hearth");
    assertThat(reader.count()).isZero();

    limitPages(1_000_000);
    store(new HistoryWrite.Ended(big(3)));
    assertThat(reader.count()).isEqualTo(4);
    assertThat(notices).hasSize(1);
  }

  private static InvocationDetail big(int i) {
    byte[] noise = new byte[40_000];
    new Random(i).nextBytes(noise);
    String text = HexFormat.of().formatHex(noise);
    return Invocations.ended(AT + i, "id-" + i, text, "1");
  }

  private void limitPages(int pages) {
    database.write(
        sql -> {
          sql.number("PRAGMA max_page_count = " + pages);
          return true;
        });
  }

  @Test
  void settingsAreWrittenWithTheHistory() {
    writer.put(new HistoryWrite.Setting("a", "1"));
    writer.put(new HistoryWrite.Setting("b", "2"));
    writer.put(new HistoryWrite.Setting("a", null));
    writer.flush();

    assertThat(new SettingStore(database).all()).containsOnlyKeys("b").containsEntry("b", "2");
  }

  @Test
  void manyRowsAreStoredInSeveralTransactions() {
    int rows = HistoryWriter.BATCH_ROWS * 2 + 7;
    for (int i = 0; i < rows; i++) {
      waiting.add(new HistoryWrite.Ended(Invocations.ended(AT + i)));
    }
    store();
    assertThat(reader.count()).isEqualTo(rows);
  }

  @Test
  void closingStoresWhatIsWaitingAndLeavesOneFile() {
    waiting.add(new HistoryWrite.Ended(Invocations.ended(AT)));
    writer.wake();
    writer.close();
    database.close();

    assertThat(folder.toFile().list()).containsExactly("p.hearth");
    reopen(folder.resolve("p.hearth"));
    assertThat(reader.count()).isOne();
    assertThat(database.<Boolean>read(ProcessSession::hasUnended)).isFalse();
  }
}
