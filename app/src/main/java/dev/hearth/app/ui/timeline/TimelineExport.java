package dev.hearth.app.ui.timeline;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.SearchResult;
import dev.hearth.app.project.query.SortOrder;
import dev.hearth.app.service.HistoryFiles;
import dev.hearth.app.service.HistoryService;
import dev.hearth.app.state.Notice;
import dev.hearth.app.state.TimeRange;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.time.TimeScale;
import dev.hearth.resources.Texts;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the timeline shows into a file: as a picture, or the calls of the dragged range (else
 * of the time shown) as a table or as a trace for Perfetto and Chrome. FX thread only; files are
 * written in the background.
 */
final class TimelineExport {
  /** A trace of more calls is more than its viewers bear. */
  private static final int MOST_CALLS = 100_000;

  private final PanelContext context;
  private final TimelineViewModel viewModel;
  private final TimelineView view;
  private final Texts texts = Texts.of("timeline");

  /** Kinds of files. */
  enum Format {
    PNG,
    SVG,
    CSV,
    JSON;

    String suffix() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  TimelineExport(PanelContext context, TimelineViewModel viewModel, TimelineView view) {
    this.context = context;
    this.viewModel = viewModel;
    this.view = view;
  }

  /** Asks for a file and writes it. */
  void ask(Format format) {
    Optional<Path> file =
        context.dialogs().saveFile(texts.get("export.title"), "timeline." + format.suffix());
    file.ifPresent(path -> write(format, path));
  }

  /** Puts a picture of what is shown on the clipboard. */
  void copy() {
    ClipboardContent content = new ClipboardContent();
    content.putImage(picture());
    Clipboard.getSystemClipboard().setContent(content);
  }

  private WritableImage picture() {
    Canvas canvas = new Canvas();
    view.paintOn(canvas);
    return canvas.snapshot(null, null);
  }

  void write(Format format, Path file) {
    switch (format) {
      case PNG -> {
        BufferedImage image = buffered(picture());
        inBackground(file, () -> png(image, file));
      }
      case SVG -> {
        String svg = svg();
        inBackground(file, () -> Files.writeString(file, svg));
      }
      case CSV, JSON -> {
        TimeRange range = range();
        inBackground(file, () -> calls(format, file, range));
      }
    }
  }

  private TimeRange range() {
    @Nullable TimeRange dragged = viewModel.rangeProperty().get();
    TimeScale scale = viewModel.scaleProperty().get();
    return dragged == null ? TimeRange.of(scale.start(), scale.time(view.plotWidth())) : dragged;
  }

  private String svg() {
    List<TimelineLane> lanes = viewModel.shownLanes(view.plotWidth());
    return new TimelineSvg(context.colors())
        .draw(lanes, viewModel.scaleProperty().get(), (int) view.plotWidth());
  }

  private Path calls(Format format, Path file, TimeRange range) throws IOException {
    HistoryService history = context.session().history();
    SearchResult found =
        history.search(
            HistoryQuery.between(range.from(), range.to()),
            new SortOrder(SortOrder.Key.TIME, false));
    long[] page = Arrays.copyOf(found.positions(), Math.min(MOST_CALLS, found.size()));
    List<InvocationRecord> records = history.records(page);
    if (format == Format.CSV) {
      return HistoryFiles.csv(records, file);
    }
    List<InvocationDetail> details = new ArrayList<>();
    for (InvocationRecord record : records) {
      history.detail(record.requestId()).ifPresent(details::add);
    }
    return HistoryFiles.trace(details, file);
  }

  private static Path png(BufferedImage image, Path file) throws IOException {
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static BufferedImage buffered(WritableImage image) {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    BufferedImage buffered = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    buffered.setRGB(0, 0, width, height, pixels, 0, width);
    return buffered;
  }

  /** Writes a file. */
  @FunctionalInterface
  private interface Writing {
    Path write() throws IOException;
  }

  private void inBackground(Path file, Writing writing) {
    context
        .tasks()
        .run(
            "export timeline",
            writing::write,
            written ->
                context
                    .state()
                    .notices()
                    .add(
                        new Notice(
                            Notice.Severity.INFO,
                            texts.get("export.done", file.getFileName().toString()))),
            failure -> context.state().notices().add(Failures.notice(failure)));
  }
}
