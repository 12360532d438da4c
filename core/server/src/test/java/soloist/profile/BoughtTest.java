package soloist.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import soloist.Seed;
import soloist.lane.Row;

/** What orders with lines come to, beside a count by hand. */
class BoughtTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = START.plus(Duration.ofDays(40));

  @Test
  void productsCategoriesAndPricesAreCountedByPiece() {
    Profile profile = new Profile("ada");
    fold(
        profile,
        order("e1", 1, List.of(line("green", "Tea", "4.00", 3), line("pot", "Pots", "20.00", 1))));
    fold(
        profile,
        order("e2", 2, List.of(line("black", "Tea", "6.00", 2), line("green", "Tea", "5.00", 1))));
    fold(profile, order("e3", 3, List.of(Map.of("product", "gift"))));

    // 3 + 1 + 2 + 1 + 1 pieces; 4 products; of 7 pieces with a category 6 are tea; 49 for 7 pieces.
    assertFact(profile, "items", "8");
    assertFact(profile, "different_products", "4");
    assertFact(profile, "share:Tea", "0.8571");
    assertFact(profile, "share:Pots", "0.1429");
    assertFact(profile, "mean_price_EUR", "7");
    Trait share = profile.traits(NOW).get("share:Tea");
    assertEquals("6 of 7 pieces", share.because().en());
    assertEquals("7 件中的 6 件", share.because().zh());
    assertEquals("e3", share.event());
    assertEquals(Optional.empty(), profile.value("share:Cups", NOW));
    assertEquals(Optional.empty(), profile.value("mean_price_USD", NOW));
  }

  @Test
  void ofWhomNoLineIsKnownNothingIsSaid() {
    Profile profile = new Profile("ada");
    fold(profile, row("e1", 1, Map.of("total", BigDecimal.TEN, "currency", "EUR")));

    for (String key : List.of("items", "different_products", "share:Tea", "mean_price_EUR")) {
      assertEquals(Optional.empty(), profile.value(key, NOW), key);
    }
  }

  @Test
  void theSameOrdersInAnyOrderGiveTheSameEvenWhereThereAreTooMany() {
    Random random = Seed.random("bought");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      rows.add(
          order(
              "e" + i,
              i % 30,
              List.of(
                  line(
                      "product " + random.nextInt(400),
                      "category " + random.nextInt(60),
                      random.nextInt(1, 90) + ".50",
                      random.nextInt(1, 4)))));
    }
    Document first = folded(rows);

    for (int round = 0; round < 5; round++) {
      Collections.shuffle(rows, random);
      assertEquals(first.toJson(), folded(rows).toJson());
    }
    assertEquals(first.toJson(), Bought.of(first).toDocument().toJson());
    assertEquals(Bought.MOST_PRODUCTS, Bought.of(first).differentProducts());
    assertTrue(Bought.of(first).categories().size() <= Habits.MOST_NAMES);
  }

  private static Document folded(List<Row> rows) {
    Profile profile = new Profile("ada");
    rows.forEach(row -> fold(profile, row));
    return profile.habits.bought().toDocument();
  }

  private static void assertFact(Profile profile, String key, String value) {
    assertEquals(Optional.of(new BigDecimal(value)), profile.value(key, NOW), key);
  }

  private static Map<String, Object> line(
      String product, String category, String price, int quantity) {
    return Map.of(
        "product",
        product,
        "category",
        category,
        "price",
        new BigDecimal(price),
        "quantity",
        BigDecimal.valueOf(quantity));
  }

  private static Row order(String id, int day, List<Map<String, Object>> lines) {
    return row(id, day, Map.of("currency", "EUR", "lines", lines));
  }

  private static Row row(String id, int day, Map<String, Object> properties) {
    return Row.draft(
        id,
        "ada",
        List.of(),
        EventTypes.ORDER,
        START.plus(Duration.ofDays(day)),
        "api",
        Map.of(),
        properties);
  }

  private static void fold(Profile profile, Row row) {
    ProfileFold.fold(profile, row, List.of());
  }
}
