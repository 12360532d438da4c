package soloist.profiler.value;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How customers compare with each other.
 *
 * @param people how many customers with orders were compared
 */
record Scales(int people, Scale recency, Scale frequency, Scale monetary) {

  Scores scores(Customers.Customer customer) {
    return new Scores(
        recency.score(-customer.days()),
        frequency.score(customer.orders()),
        monetary.score(customer.spent()),
        customer.orders());
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(people);
    recency.write(out);
    frequency.write(out);
    monetary.write(out);
  }

  static Scales read(DataInput in) throws IOException {
    return new Scales(in.readInt(), Scale.read(in), Scale.read(in), Scale.read(in));
  }
}
