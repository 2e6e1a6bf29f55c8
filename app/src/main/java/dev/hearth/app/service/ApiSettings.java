package dev.hearth.app.service;

import java.util.function.Consumer;

/** Whether and where the window serves the Lambda API: the user's choice for all projects. */
public final class ApiSettings {
  /** Taken unless the user chose another port; when it is in use, a free one is taken. */
  public static final int USUAL_PORT = 9001;

  private static final String ENABLED = "api.enabled";
  private static final String PORT = "api.port";
  private static final int LAST_PORT = 65_535;

  private ApiSettings() {}

  public static boolean enabled(SettingsService settings) {
    return !settings.get(ENABLED).orElse("true").equals("false");
  }

  public static void setEnabled(SettingsService settings, boolean enabled) {
    settings.put(ENABLED, Boolean.toString(enabled));
  }

  /** The port that the user chose; 0 for whichever is free, the usual one first. */
  public static int port(SettingsService settings) {
    return parse(settings.get(PORT).orElse(""));
  }

  /**
   * Remembers a port for the projects that are opened from now on.
   *
   * @param text what was typed; what is no port means any
   */
  public static void setPort(SettingsService settings, String text) {
    settings.put(PORT, Integer.toString(parse(text)));
  }

  private static int parse(String text) {
    try {
      int port = Integer.parseInt(text.strip());
      return port < 0 || port > LAST_PORT ? 0 : port;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /**
   * Serves a project where the user wants it. Blocks until all functions are deployed.
   *
   * @throws HearthException when the chosen port can't be had
   */
  public static ServedApi serve(
      ProjectSession session, SettingsService settings, Consumer<String> problems) {
    int port = port(settings);
    if (port != 0) {
      return session.serveApi(port, problems);
    }
    try {
      return session.serveApi(USUAL_PORT, problems);
    } catch (HearthException e) {
      return session.serveApi(0, problems);
    }
  }
}
