package soloist.profiler.predict;

import java.math.BigDecimal;
import java.math.RoundingMode;
import soloist.spi.Profiler.StandingSegment;
import soloist.spi.Text;

/** The segment of those to whom it will likely happen. */
final class Likely {
  private Likely() {}

  static StandingSegment segment(PredictSettings settings, double bound) {
    String least = BigDecimal.valueOf(bound).setScale(3, RoundingMode.HALF_UP).toPlainString();
    Goal goal = settings.goal();
    return new StandingSegment(
        goal.word() + "-likely",
        new Text("Likely: " + goal.happens().en(), "很可能：" + goal.happens().zh()),
        new Text(
            "The chance within "
                + settings.days()
                + " days is "
                + least
                + " or more, the bound that served best before.",
            settings.days() + " 天内的可能性不低于 " + least + "（此前效果最好的界限）。"),
        "{\"trait\": \""
            + goal.trait()
            + "\", \"comparison\": \"atLeast\", \"value\": \""
            + least
            + "\", \"type\": \"number\"}");
  }
}
