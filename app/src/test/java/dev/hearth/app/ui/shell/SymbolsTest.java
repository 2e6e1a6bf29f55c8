package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.ui.kit.code.lex.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolsTest {
  private static List<String> names(Language language, String text) {
    return Symbols.of(language, text).stream()
        .map(s -> s.kind() + " " + s.name() + ":" + s.line())
        .toList();
  }

  @Test
  void findsFunctionsMethodsAndClassesOfPython() {
    String text =
        """
        import json

        class Order(Base):
            async def total(self):
                if handler(1): return

        def handler(event, context):
            # def not_this
            return defined
        """;
    assertThat(names(Language.PYTHON, text))
        .containsExactly("class Order:3", "function total:4", "function handler:7");
  }

  @Test
  void findsMethodsClassesAndModulesOfRuby() {
    String text =
        """
        module Orders
          class Api::V1 < Base
            def self.call!(event:, context:)
              return undefined
            end
            def paid?; end
          end
        end
        """;
    assertThat(names(Language.RUBY, text))
        .containsExactly("class Orders:1", "class V1:2", "function call!:3", "function paid?:6");
  }

  @Test
  void findsTheManyWaysToDefineAFunctionInJavaScript() {
    String text =
        """
        export const handler = async (event) => {
          if (event.a) {
            return call(event);
          }
        };
        exports.other = function () {};
        async function* walk() {}
        export default class Store {
          async find(id) {
            for (const x of id) {}
          }
        }
        const limit = 5;
        """;
    assertThat(names(Language.JAVASCRIPT, text))
        .containsExactly(
            "function handler:1",
            "function other:6",
            "function walk:7",
            "class Store:8",
            "method find:9");
  }

  @Test
  void findsTypesAndMethodsOfJava() {
    String text =
        """
        public final class Handler implements RequestHandler<Map<String, Object>, String> {
          private static final int LIMIT = compute(1);
          record Order(String id) {}
          @Override
          public Map<String, List<Integer>> handleRequest(Map<String, Object> in, Context context) {
            return helper(in);
          }
        }
        """;
    assertThat(names(Language.JAVA, text))
        .containsExactly("type Handler:1", "type Order:3", "method handleRequest:5");
  }

  @Test
  void findsNothingInJsonAndInVeryLongLines() {
    assertThat(names(Language.JSON, "{\"def x()\": 1}")).isEmpty();
    assertThat(names(Language.PYTHON, "def f(): '" + "x".repeat(5000) + "'")).isEmpty();
  }
}
