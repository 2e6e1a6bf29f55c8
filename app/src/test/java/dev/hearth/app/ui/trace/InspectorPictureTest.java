package dev.hearth.app.ui.trace;

import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.Golden;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectorPictureTest extends FxTest {
  private static final TimeZone ZONE = TimeZone.getDefault();

  @BeforeAll
  static void clockTimesAreUtc() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  @AfterAll
  static void zoneIsAsItWas() {
    TimeZone.setDefault(ZONE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void looksAsApproved(boolean dark) {
    Golden.assertSame(
        dark ? "inspector-dark" : "inspector-light",
        RenderPanels.render(InspectorContribution.contribution(), 980, 830, dark));
  }
}
