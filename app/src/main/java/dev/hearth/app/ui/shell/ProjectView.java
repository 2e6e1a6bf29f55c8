package dev.hearth.app.ui.shell;

import dev.hearth.app.service.SettingsService;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.Replay;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.resources.Texts;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The window's content for one open project: bars, rail, the view chosen in the rail. */
final class ProjectView implements AutoCloseable {
  private static final int NUMBERED_TOOLS = 9;

  /** The view that every desktop's help key shows. */
  private static final String GUIDE = "guide";

  private final ProjectScope scope;
  private final PanelContext context;
  private final WorkbenchState state;
  private final List<PanelContribution> contributions;
  private final Subscriptions subscriptions = new Subscriptions();
  private final WorkbenchView workbench;
  private final StackPane centre = new StackPane();
  private final Map<String, Panel> views = new HashMap<>();
  private final TopBar topBar;
  private final StackPane above = new StackPane();
  private final BorderPane frame = new BorderPane();
  private @Nullable CommandPalette palette;

  ProjectView(
      ProjectScope scope,
      ShellActions actions,
      List<PanelContribution> contributions,
      ProjectFlow projects,
      SettingsService user) {
    this.scope = scope;
    this.context = scope.context();
    this.state = context.state();
    this.contributions = contributions;
    InvokeFlow invoke = new InvokeFlow(context);
    BurstFlow burst = new BurstFlow(context, invoke);
    registerRunning(actions, invoke, burst);
    registerMoving(actions);
    workbench = new WorkbenchView(context, contributions);
    topBar = new TopBar(context, recent(projects), burst);
    ClockControl clock = new ClockControl(context);
    clock.register(actions);
    ApiControl api = new ApiControl(context, user);
    api.register(actions);
    HBox controls = new HBox(api.node(), clock.node());
    controls.setAlignment(Pos.CENTER_LEFT);
    StatusBar status = new StatusBar(state, scope.sandboxProperty(), workbench, controls);
    ActivityRail rail = new ActivityRail(state.viewProperty(), views());
    TrustBanner trust = new TrustBanner(context, actions);
    NoticeBanners notices = new NoticeBanners(state.notices());
    VBox middle = new VBox(trust.node(), notices.node(), centre);
    VBox.setVgrow(centre, Priority.ALWAYS);
    centre.setMinSize(0, 0);
    above.setPickOnBounds(false);
    frame.setTop(topBar.node());
    frame.setLeft(rail.node());
    frame.setCenter(middle);
    frame.setBottom(status.node());
    frame.setMinSize(0, 0);
    subscriptions.now(state.viewProperty(), this::showView);
    subscriptions.later(workbench.completeProperty(), scope::describeSandbox);
    List.of(topBar, status, api, clock, rail, trust, notices, workbench)
        .forEach(part -> subscriptions.onClose(() -> close(part)));
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static BooleanBinding hasFunction(WorkbenchState state) {
    return Bindings.isNotNull(state.functionProperty());
  }

  private static TopBar.RecentProjects recent(ProjectFlow projects) {
    return new TopBar.RecentProjects() {
      @Override
      public List<Path> list() {
        return projects.recent();
      }

      @Override
      public void open(Path file) {
        projects.open(file);
      }
    };
  }

  private void registerRunning(ShellActions actions, InvokeFlow invoke, BurstFlow burst) {
    Replay replay = new Replay(context);
    var selected = state.invocations().selectedProperty();
    BooleanBinding replayable =
        Bindings.createBooleanBinding(
            () -> replay.canRun(selected.get()),
            selected,
            state.trustedProperty(),
            state.functions());
    actions.add(
        "invocation.replay", "rotate-cw", "", replayable, () -> replay.run(selected.get(), false));
    actions.add(
        "invocation.replay.today", "", "", replayable, () -> replay.run(selected.get(), true));
    actions.add(
        "invocation.imports", "clock", "", replayable, () -> replay.measureImports(selected.get()));
    actions.add("invoke", "play", "Ctrl+Enter", state.runnable(), invoke::invoke);
    actions.add("invoke.async", "inbox", "Ctrl+Alt+Enter", state.runnable(), invoke::invokeLater);
    actions.add(
        "stop",
        "square",
        "Ctrl+Period",
        invoke.busyProperty().or(burst.busyProperty()),
        () -> {
          invoke.stop();
          burst.cancel();
        });
    actions.add(
        "burst", "align-left", "Ctrl+Shift+Enter", state.runnable(), () -> topBar().openBurst());
    actions.add(
        "search", "search", "Ctrl+K", () -> palette().open(PaletteModel.Mode.EVERYTHING, ""));
    actions.add(
        "search.files", "file", "Ctrl+P", () -> palette().open(PaletteModel.Mode.FILES, ""));
    actions.add(
        "search.commands",
        "terminal",
        "Ctrl+Shift+P",
        () -> palette().open(PaletteModel.Mode.EVERYTHING, ">"));
    actions.add(
        "search.invocations",
        "activity",
        "",
        () -> palette().open(PaletteModel.Mode.EVERYTHING, "#"));
  }

  /** It is made when it is first opened. */
  private CommandPalette palette() {
    if (palette == null) {
      Texts texts = Texts.of("shell");
      palette = new CommandPalette(new PaletteModel(context, texts), texts);
      above.getChildren().add(palette.node());
    }
    return palette;
  }

  private TopBar topBar() {
    return topBar;
  }

  private void registerMoving(ShellActions actions) {
    actions.add("region.next", "", "F6", () -> moveRegion(1));
    actions.add("region.previous", "", "Shift+F6", () -> moveRegion(-1));
    actions.add("focus.editor", "edit-3", "Esc", this::focusEditor);
    actions.add("layout.left", "sidebar", "Ctrl+B", () -> toggle(Side.LEFT));
    actions.add("layout.bottom", "credit-card", "Ctrl+J", () -> toggle(Side.BOTTOM));
    actions.add("layout.right", "columns", "Ctrl+Alt+B", () -> toggle(Side.RIGHT));
    actions.add("layout.reset", "layout", "", () -> workbench.resetLayout());
    actions.add("view.workbench", "code", "", () -> select(ActivityRail.WORKBENCH));
    for (PanelContribution view : views()) {
      actions.addNamed(
          "view." + view.id(),
          actions.text("show", view.title()),
          view.icon(),
          view.id().equals(GUIDE) ? "F1" : "",
          () -> select(view.id()));
    }
    int number = 1;
    for (PanelContribution tool : tools()) {
      String key = number <= NUMBERED_TOOLS ? "Alt+" + number : "";
      number++;
      actions.addNamed(
          "tool." + tool.id(),
          actions.text("show", tool.title()),
          tool.icon(),
          key,
          () -> {
            select(ActivityRail.WORKBENCH);
            workbench.showTool(tool.id());
          });
    }
  }

  private List<PanelContribution> views() {
    return in(PanelContribution.Region.VIEW);
  }

  private List<PanelContribution> tools() {
    return in(PanelContribution.Region.TOOLS);
  }

  private List<PanelContribution> in(PanelContribution.Region region) {
    return contributions.stream()
        .filter(c -> c.region() == region)
        .sorted(Comparator.comparingInt(PanelContribution::order))
        .toList();
  }

  ProjectScope scope() {
    return scope;
  }

  /** The frame and the search box over it. */
  List<Node> nodes() {
    return List.of(frame, above);
  }

  /** Makes what is not needed at once; the view stands in the window. */
  void makeRest() {
    workbench.makeRest();
  }

  ReadOnlyBooleanProperty completeProperty() {
    return workbench.completeProperty();
  }

  void focusEditor() {
    select(ActivityRail.WORKBENCH);
    workbench.focusEditor();
  }

  void showGuide() {
    select(GUIDE);
  }

  private void select(String view) {
    state.viewProperty().set(view);
  }

  private void toggle(Side side) {
    var shown = workbench.shown(side);
    shown.set(!shown.get());
  }

  /** Views are made when first shown and kept until the project is closed. */
  private void showView() {
    String id = state.viewProperty().get();
    for (PanelContribution view : views()) {
      if (view.id().equals(id)) {
        Panel panel = views.computeIfAbsent(id, key -> view.factory().apply(context));
        centre.getChildren().setAll(panel.node());
        panel.focus();
        return;
      }
    }
    centre.getChildren().setAll(workbench.node());
  }

  private void moveRegion(int step) {
    if (!state.viewProperty().get().equals(ActivityRail.WORKBENCH)) {
      focusEditor();
      return;
    }
    List<WorkbenchView.FocusRegion> regions = workbench.regions();
    int current = -1;
    Node owner = frame.getScene() == null ? null : frame.getScene().getFocusOwner();
    for (int i = 0; i < regions.size(); i++) {
      if (owner != null && contains(regions.get(i).node(), owner)) {
        current = i;
      }
    }
    int next =
        current < 0
            ? (step > 0 ? 0 : regions.size() - 1)
            : Math.floorMod(current + step, regions.size());
    regions.get(next).focus().run();
  }

  private static boolean contains(Node region, Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at == region) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    subscriptions.close();
    views.values().forEach(Panel::close);
    scope.close();
  }
}
