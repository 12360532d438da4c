package soloist.plugin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Records of the SPI as bytes, for two processes of the same version. What is read becomes a record
 * of the SPI, or what such a record may hold, and nothing else.
 */
final class SpiValues {
  private static final String PACKAGE = "soloist.spi.";

  private SpiValues() {}

  static void write(DataOutputStream out, Object value) throws IOException {
    switch (value) {
      case String text -> {
        out.writeByte('s');
        writeText(out, text);
      }
      case Integer number -> {
        out.writeByte('i');
        out.writeInt(number);
      }
      case Long number -> {
        out.writeByte('l');
        out.writeLong(number);
      }
      case Double number -> {
        out.writeByte('d');
        out.writeDouble(number);
      }
      case Instant instant -> {
        out.writeByte('t');
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
      }
      case Enum<?> word -> {
        out.writeByte('e');
        writeText(out, word.getDeclaringClass().getName());
        out.writeInt(word.ordinal());
      }
      case byte[] bytes -> {
        out.writeByte('B');
        out.writeInt(bytes.length);
        out.write(bytes);
      }
      case int[] numbers -> {
        out.writeByte('I');
        out.writeInt(numbers.length);
        for (int each : numbers) {
          out.writeInt(each);
        }
      }
      case long[] numbers -> {
        out.writeByte('L');
        out.writeInt(numbers.length);
        for (long each : numbers) {
          out.writeLong(each);
        }
      }
      case double[] numbers -> {
        out.writeByte('D');
        out.writeInt(numbers.length);
        for (double each : numbers) {
          out.writeDouble(each);
        }
      }
      case List<?> list -> {
        out.writeByte('*');
        out.writeInt(list.size());
        for (Object each : list) {
          write(out, each);
        }
      }
      case Map<?, ?> map -> {
        out.writeByte('m');
        out.writeInt(map.size());
        for (Map.Entry<?, ?> each : map.entrySet()) {
          write(out, each.getKey());
          write(out, each.getValue());
        }
      }
      case Record record -> {
        out.writeByte('r');
        writeText(out, record.getClass().getName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          write(out, of(record, component));
        }
      }
      default -> throw new IOException("cannot be handed on: " + value.getClass().getName());
    }
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws IOException when it is something else
   */
  static Object read(DataInputStream in) throws IOException {
    char kind = (char) in.readByte();
    return switch (kind) {
      case 's' -> readText(in);
      case 'i' -> in.readInt();
      case 'l' -> in.readLong();
      case 'd' -> in.readDouble();
      case 't' -> Instant.ofEpochSecond(in.readLong(), in.readInt());
      case 'e' -> known(readText(in)).getEnumConstants()[in.readInt()];
      case 'B' -> in.readNBytes(in.readInt());
      case 'I' -> {
        int[] numbers = new int[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = in.readInt();
        }
        yield numbers;
      }
      case 'L' -> {
        long[] numbers = new long[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = in.readLong();
        }
        yield numbers;
      }
      case 'D' -> {
        double[] numbers = new double[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = in.readDouble();
        }
        yield numbers;
      }
      case '*' -> {
        int size = in.readInt();
        List<Object> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
          list.add(read(in));
        }
        yield list;
      }
      case 'm' -> {
        int size = in.readInt();
        Map<Object, Object> map = LinkedHashMap.newLinkedHashMap(size);
        for (int i = 0; i < size; i++) {
          map.put(read(in), read(in));
        }
        yield map;
      }
      case 'r' -> readRecord(in);
      default -> throw new IOException("no value begins with '" + kind + "'");
    };
  }

  private static Object readRecord(DataInputStream in) throws IOException {
    Class<?> type = known(readText(in));
    RecordComponent[] components = Objects.requireNonNull(type.getRecordComponents());
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(in);
    }
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IOException("cannot be made: " + type.getName(), e);
    }
  }

  private static Object of(Record record, RecordComponent component) throws IOException {
    try {
      return Objects.requireNonNull(component.getAccessor().invoke(record));
    } catch (ReflectiveOperationException e) {
      throw new IOException("cannot be read: " + component, e);
    }
  }

  private static Class<?> known(String name) throws IOException {
    try {
      Class<?> type = name.startsWith(PACKAGE) ? Class.forName(name) : Object.class;
      if (type.isRecord() || type.isEnum()) {
        return type;
      }
    } catch (ClassNotFoundException _) {
      // said below
    }
    throw new IOException("no record and no word of the SPI: " + name);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
