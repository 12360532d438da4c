package soloist.embedded;

import de.bwaldvogel.mongo.bson.Bson;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Binary of a subtype that the library has no class for (MD5, encrypted, user defined, ...). */
record TypedBinary(byte subtype, byte[] data) implements Bson {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TypedBinary that
        && subtype == that.subtype
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(data) + subtype;
  }
}
