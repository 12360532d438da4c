package soloist.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.http.Problem;

class OrderTotalTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void aTotalMayBeATextSoThatNothingIsRounded() {
    assertEquals(new BigDecimal("12.50"), read("12.50").properties().get("total"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e99",
        "1e-99",
        "1E+2147483647",
        "1E-2147483647",
        "1234567890123456789012345678901",
        "x",
        "NaN",
        ""
      })
  void aTotalThatCannotBeKeptIsRefused(String total) {
    Problem problem = assertThrows(Problem.class, () -> read(total));

    assertEquals("order-total", problem.details().getFirst().code());
  }

  private static EventInput read(String total) {
    return EventInput.read(
        new JsonObject()
            .put("type", "order")
            .put("identifiers", new JsonObject().put("email", "ada@example.com"))
            .put("properties", new JsonObject().put("total", total).put("currency", "EUR")),
        NOW);
  }
}
