package dev.hearth.app.bench.start;

import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/** The smallest program with a window of Hearth's size: what any JavaFX program takes here. */
public final class HelloStage extends Application {
  private static final double WIDTH = 1280;
  private static final double HEIGHT = 800;

  public static void main(String[] arguments) {
    launch(arguments);
  }

  @Override
  public void start(Stage stage) {
    stage.setTitle("hello");
    stage.setScene(new Scene(new StackPane(new Label("hello")), WIDTH, HEIGHT));
    stage.show();
  }
}
