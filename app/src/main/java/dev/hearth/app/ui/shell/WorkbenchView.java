package dev.hearth.app.ui.shell;

import dev.hearth.app.service.SettingsService;
import dev.hearth.app.ui.kit.Focus;
import dev.hearth.app.ui.kit.OnePerPulse;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Orientation;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/**
 * The workbench: side area left, editors centre, event above response right, tools at the bottom.
 * Side and editor are made first, the others piece by piece while these can be used already. Every
 * border can be dragged, three edges can be hidden, and all of it is remembered per project.
 */
final class WorkbenchView implements AutoCloseable {
  private static final double SIDE_WIDTH = 232;
  private static final double RIGHT_WIDTH = 420;
  private static final double TOOLS_HEIGHT = 320;
  private static final double RESPONSE_HEIGHT = 150;
  private static final String TOOL_KEY = "layout.tool";

  /** In the first the editor is laid out, in the second its text is coloured and drawn. */
  private static final int EDITOR_PULSES = 3;

  private final SettingsService settings;
  private final List<Panel> single = new ArrayList<>();
  private final PanelStack event;
  private final PanelStack response;
  private final PanelStack tools;
  private final OnePerPulse rest;
  private final Panel side;
  private final Panel editors;
  private final SizedSplit sideSplit;
  private final SizedSplit toolSplit;
  private final SizedSplit rightSplit;
  private final SizedSplit responseSplit;
  private final BooleanProperty left = new SimpleBooleanProperty(true);
  private final BooleanProperty right = new SimpleBooleanProperty(true);
  private final BooleanProperty bottom = new SimpleBooleanProperty(true);

  WorkbenchView(PanelContext context, List<PanelContribution> contributions) {
    settings = context.session().settings();
    side = one(context, contributions, Region.SIDE);
    editors = one(context, contributions, Region.EDITORS);
    event = new PanelStack(context, of(contributions, Region.EVENT));
    response = new PanelStack(context, of(contributions, Region.RESPONSE));
    tools = new PanelStack(context, of(contributions, Region.TOOLS));
    tools.node().getStyleClass().add("tool-area");
    responseSplit =
        split(response.node(), event.node(), "layout.response", false, RESPONSE_HEIGHT, 0.7);
    responseSplit.pane().getStyleClass().add("right-area");
    rightSplit =
        new SizedSplit(
            responseSplit.pane(),
            editors.node(),
            new SizedSplit.Spec("layout.right", Orientation.HORIZONTAL, false, RIGHT_WIDTH, 0.42),
            settings);
    toolSplit = split(tools.node(), rightSplit.pane(), "layout.tools", false, TOOLS_HEIGHT, 0.42);
    sideSplit =
        new SizedSplit(
            side.node(),
            toolSplit.pane(),
            new SizedSplit.Spec("layout.side", Orientation.HORIZONTAL, true, SIDE_WIDTH, 0.3),
            settings);
    restore();
    rest = new OnePerPulse(rest(), EDITOR_PULSES);
  }

  /** What can be seen comes before what stands behind it. */
  private List<Runnable> rest() {
    List<PanelStack> stacks = List.of(event, response, tools);
    List<Runnable> pieces = new ArrayList<>();
    stacks.forEach(stack -> pieces.add(stack::open));
    stacks.forEach(stack -> pieces.addAll(stack.others()));
    return pieces;
  }

  /** Makes all panels but the editor and the side, which are there at once. */
  void makeRest() {
    rest.start();
  }

  /** Whether all panels are made. */
  ReadOnlyBooleanProperty completeProperty() {
    return rest.doneProperty();
  }

  private SizedSplit split(
      Node sized, Node rest, String key, boolean first, double initial, double share) {
    return new SizedSplit(
        sized,
        rest,
        new SizedSplit.Spec(key, Orientation.VERTICAL, first, initial, share),
        settings);
  }

  private void restore() {
    link(left, sideSplit);
    link(right, rightSplit);
    link(bottom, toolSplit);
    settings.get(TOOL_KEY).ifPresent(tools::select);
  }

  private static void link(BooleanProperty shown, SizedSplit split) {
    split.restoreShown();
    shown.set(split.shown());
    shown.addListener((source, old, now) -> split.setShown(now));
  }

  private Panel one(PanelContext context, List<PanelContribution> contributions, Region region) {
    List<PanelContribution> found = of(contributions, region);
    Panel panel = found.isEmpty() ? new NoPanel() : found.getFirst().factory().apply(context);
    single.add(panel);
    return panel;
  }

  private static List<PanelContribution> of(List<PanelContribution> all, Region region) {
    return all.stream()
        .filter(c -> c.region() == region)
        .sorted(Comparator.comparingInt(PanelContribution::order))
        .toList();
  }

  Node node() {
    return sideSplit.pane();
  }

  /** Whether an edge of the window is shown; setting it shows or hides it. */
  BooleanProperty shown(Side edge) {
    return switch (edge) {
      case LEFT -> left;
      case RIGHT -> right;
      case BOTTOM -> bottom;
      case TOP -> throw new IllegalArgumentException("The top bar can't be hidden");
    };
  }

  /** First sizes again, all edges shown. */
  void resetLayout() {
    List.of(sideSplit, rightSplit, toolSplit, responseSplit).forEach(SizedSplit::reset);
    left.set(true);
    right.set(true);
    bottom.set(true);
  }

  /** Brings a tool to the front and puts the focus there. */
  void showTool(String id) {
    bottom.set(true);
    tools.select(id);
    tools.focus();
    tools.selectedId().ifPresent(selected -> settings.put(TOOL_KEY, selected));
  }

  void focusEditor() {
    Focus.whenInScene(editors.node(), editors::focus);
  }

  /** The regions that F6 visits, in order; hidden ones are left out. */
  List<FocusRegion> regions() {
    List<FocusRegion> regions = new ArrayList<>();
    if (left.get()) {
      regions.add(new FocusRegion(side.node(), side::focus));
    }
    regions.add(new FocusRegion(editors.node(), editors::focus));
    if (right.get()) {
      regions.add(new FocusRegion(event.node(), event::focus));
      regions.add(new FocusRegion(response.node(), response::focus));
    }
    if (bottom.get()) {
      regions.add(new FocusRegion(tools.node(), tools::focus));
    }
    return regions;
  }

  /**
   * A region that can take the focus.
   *
   * @param focus puts the focus where a user of the region starts
   */
  record FocusRegion(Node node, Runnable focus) {}

  @Override
  public void close() {
    rest.close();
    tools.selectedId().ifPresent(id -> settings.put(TOOL_KEY, id));
    single.forEach(Panel::close);
    event.close();
    response.close();
    tools.close();
  }

  /** Stands in for a region to which nothing was contributed. */
  private static final class NoPanel implements Panel {
    private final StackPane node = new StackPane();

    NoPanel() {
      node.getStyleClass().add("panel-stack");
    }

    @Override
    public Node node() {
      return node;
    }

    @Override
    public Optional<Node> tools() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
