package dev.hearth.app.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import org.junit.jupiter.api.Test;

class InvocationFeedTest {
  private final InvocationFeed feed = new InvocationFeed(10);

  @Test
  void aBatchIsToldOnceAndTheOldestRowsMakeRoom() {
    feed.putAll(rows(0, 8));
    List<Integer> changes = new ArrayList<>();
    feed.rows()
        .addListener((ListChangeListener<InvocationRecord>) c -> changes.add(c.getList().size()));

    List<InvocationRecord> batch = new ArrayList<>(rows(8, 13));
    batch.add(row("r5", InvocationStatus.ERROR));
    feed.putAll(batch);

    assertThat(changes).containsExactly(10);
    assertThat(ids()).containsExactlyElementsOf(names(3, 13));
    assertThat(feed.find("r5").status()).isEqualTo(InvocationStatus.ERROR);
    assertThat(feed.indexOf("r12")).isEqualTo(9);
    assertThat(feed.find("r2")).isNull();
  }

  @Test
  void everyAttemptOfAnEventHasARowAndTheNewestIsFound() {
    feed.put(attempt(InvocationStatus.PENDING, 1_000));
    feed.put(attempt(InvocationStatus.ERROR, 1_000));
    feed.put(attempt(InvocationStatus.PENDING, 60_000_001_000L));
    feed.put(attempt(InvocationStatus.OK, 60_000_001_000L));
    assertThat(feed.rows())
        .extracting(InvocationRecord::status)
        .containsExactly(InvocationStatus.ERROR, InvocationStatus.OK);
    assertThat(feed.find("event").status()).isEqualTo(InvocationStatus.OK);
    feed.prependOlder(
        List.of(
            attempt(InvocationStatus.THROTTLED, 10),
            attempt(InvocationStatus.OK, 60_000_001_003L)));
    assertThat(feed.rows().getFirst().status()).isEqualTo(InvocationStatus.THROTTLED);
    assertThat(feed.rows()).hasSize(3);
    assertThat(feed.find("event").status()).isEqualTo(InvocationStatus.OK);
  }

  private static InvocationRecord attempt(InvocationStatus status, long queuedAt) {
    return new InvocationRecord(
        "event", 1, "f", 1, "e", status, null, false, queuedAt, 2, 0, 3, 1, 128, 4, 5, 6);
  }

  @Test
  void moreThanFitsInOneBatchLeavesTheNewest() {
    feed.putAll(rows(0, 4));
    feed.putAll(rows(4, 50));

    assertThat(ids()).containsExactlyElementsOf(names(40, 50));
    assertThat(feed.indexOf("r40")).isZero();
  }

  @Test
  void sortedAndFilteredViewsFollowEveryBatch() {
    FilteredList<InvocationRecord> failed =
        new FilteredList<>(feed.rows(), r -> r.status().failed());
    SortedList<InvocationRecord> sorted =
        new SortedList<>(feed.rows(), (a, b) -> b.requestId().compareTo(a.requestId()));
    for (int i = 0; i < 40; i += 4) {
      feed.putAll(rows(i, i + 4));
      feed.putAll(
          List.of(
              row("r" + (i + 1), InvocationStatus.ERROR),
              row("r" + (i + 2), InvocationStatus.RUNNING)));
      assertThat(failed).isEqualTo(feed.rows().stream().filter(r -> r.status().failed()).toList());
      assertThat(sorted).hasSameElementsAs(feed.rows()).hasSameSizeAs(feed.rows());
    }
  }

  @Test
  void olderRowsComeInFrontAndDoNotPushNewerOnesOut() {
    feed.putAll(rows(10, 20));
    feed.prependOlder(rows(4, 11));
    assertThat(ids()).containsExactlyElementsOf(names(4, 20));
    assertThat(feed.indexOf("r4")).isZero();
    assertThat(feed.indexOf("r19")).isEqualTo(15);

    feed.putAll(rows(20, 21));
    assertThat(ids()).containsExactlyElementsOf(names(5, 21));
  }

  @Test
  void theSelectedRowIsRefreshedAndAWishIsGrantedWhenItsRowArrives() {
    feed.select("r1");
    assertThat(feed.selectedProperty().get()).isNull();
    feed.putAll(rows(0, 3));
    assertThat(feed.selectedProperty().get().requestId()).isEqualTo("r1");

    feed.put(row("r1", InvocationStatus.TIMEOUT));
    assertThat(feed.selectedProperty().get().status()).isEqualTo(InvocationStatus.TIMEOUT);

    feed.select("r0");
    assertThat(feed.selectedProperty().get().requestId()).isEqualTo("r0");
    feed.clear();
    assertThat(feed.selectedProperty().get()).isNull();
    assertThat(feed.rows()).isEmpty();
    feed.put(row("r1", InvocationStatus.OK));
    assertThat(feed.indexOf("r1")).isZero();
  }

  private List<String> ids() {
    return feed.rows().stream().map(InvocationRecord::requestId).toList();
  }

  private static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "r" + i).toList();
  }

  private static List<InvocationRecord> rows(int from, int to) {
    return names(from, to).stream().map(name -> row(name, InvocationStatus.OK)).toList();
  }

  private static InvocationRecord row(String id, InvocationStatus status) {
    return new InvocationRecord(
        id, 1, "f", 1, "e", status, null, false, 1, 2, 0, 3, 1, 128, 4, 5, 6);
  }
}
