package soloist.connector.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of delimited text (RFC 4180 and what programs make of it), one after the other, in
 * bounded memory. Lines end in LF, CR LF or CR, also mixed; a quoted field may hold line breaks;
 * blank lines are no records.
 *
 * <p>A quote that is never closed would swallow the rest of the file. It is recognised by what
 * follows the next quote, or by the bounds below; then only its first line is lost, and reading
 * goes on at the next. No text is read more than twice for that: a line that starts outside quotes
 * and leaves one open cannot also keep one open that came before it.
 */
final class Records {
  static final int LONGEST_RECORD = 1 << 20;
  static final int LONGEST_FIELD = 256 << 10;
  static final int MOST_FIELDS = 2_000;
  static final int LONGEST_RAW = 10_000;

  private static final int NONE = -1;

  private final Reader in;
  private final char delimiter;
  private final StringBuilder quoted = new StringBuilder();

  private char[] text;
  private int start; // of the record; the offsets below count from it
  private int pos;
  private int end;
  private boolean ended;
  private int brokenAt; // the first line break inside quotes

  private long number;
  private List<String> fields = List.of();
  private Fault fault = Fault.NONE;
  private String faultyLine = "";

  Records(Reader in, char delimiter) {
    this(in, delimiter, new char[1 << 16]);
  }

  private Records(Reader in, char delimiter, char[] text) {
    this.in = in;
    this.delimiter = delimiter;
    this.text = text;
  }

  /** The records of a text that is held already. */
  static Records of(String text, char delimiter) {
    var records = new Records(Reader.nullReader(), delimiter, text.toCharArray());
    records.end = text.length();
    return records;
  }

  /** Goes to the next record; false at the end. */
  boolean next() throws IOException {
    do {
      start = pos;
    } while (lineBreak());
    if (peek() == NONE) {
      return false;
    }
    number++;
    fields = new ArrayList<>(fields.size());
    brokenAt = NONE;
    fault = readFields();
    if (fault != Fault.NONE) {
      leaveFaultyLine();
    }
    return true;
  }

  /** Whether nothing follows the record, not even a line break. */
  boolean isLast() throws IOException {
    return peek() == NONE;
  }

  /** Of the record, from 1; the header counts here. */
  long number() {
    return number;
  }

  List<String> fields() {
    return fields;
  }

  /** What is wrong with the form of the record; the fields may be incomplete then. */
  Fault fault() {
    return fault;
  }

  /** The record as it was written, of a faulty one the first 10,000 characters of its line. */
  String raw() {
    return fault == Fault.NONE ? new String(text, start, pos - start) : faultyLine;
  }

  private Fault readFields() throws IOException {
    while (true) {
      Fault code = readField();
      if (code != Fault.NONE) {
        return code;
      }
      if (peek() != delimiter) {
        return Fault.NONE; // the line break is left for the next call
      }
      if (fields.size() == MOST_FIELDS) {
        return Fault.TOO_MANY_COLUMNS;
      }
      pos++;
    }
  }

  private Fault readField() throws IOException {
    int from = pos - start;
    while (peek() == ' ') {
      pos++;
    }
    if (peek() == '"') {
      return readQuoted();
    }
    Fault code = skipPlain(from);
    fields.add(new String(text, start + from, pos - start - from));
    return code;
  }

  private Fault skipPlain(int from) throws IOException {
    for (int c = peek(); c != delimiter && c != '\n' && c != '\r' && c != NONE; c = peek()) {
      pos++;
      if (pos - start - from > LONGEST_FIELD) {
        return Fault.FIELD_TOO_LONG;
      }
    }
    return pos - start > LONGEST_RECORD ? Fault.ROW_TOO_LONG : Fault.NONE;
  }

  private Fault readQuoted() throws IOException {
    boolean broken = false;
    quoted.setLength(0);
    pos++;
    while (true) {
      int c = peek();
      if (c == NONE) {
        return Fault.QUOTE_OPEN;
      }
      pos++;
      if (c == '"') {
        if (peek() != '"') {
          break;
        }
        pos++;
      } else if (c == '\n' || c == '\r') {
        broken = true;
        brokenAt = brokenAt == NONE ? pos - 1 - start : brokenAt;
      }
      quoted.append((char) c);
      if (quoted.length() > LONGEST_FIELD || pos - start > LONGEST_RECORD) {
        return broken ? Fault.QUOTE_OPEN : Fault.FIELD_TOO_LONG;
      }
    }
    int from = pos - start;
    Fault code = skipPlain(from);
    String rest = new String(text, start + from, pos - start - from);
    if (broken && !rest.isBlank()) {
      return Fault.QUOTE_OPEN; // the quote belongs to a later line, where it opens
    }
    fields.add(rest.isBlank() ? quoted.toString() : quoted + rest);
    return code;
  }

  /** Keeps what was written of the line and goes to its end, without holding more of it. */
  private void leaveFaultyLine() throws IOException {
    int length = brokenAt == NONE ? pos - start : brokenAt;
    faultyLine = new String(text, start, Math.min(length, LONGEST_RAW));
    if (brokenAt != NONE) {
      pos = start + brokenAt;
      return;
    }
    for (int c = peek(); c != '\n' && c != '\r' && c != NONE; c = peek()) {
      pos++;
      start = pos;
    }
  }

  private boolean lineBreak() throws IOException {
    int c = peek();
    if (c != '\n' && c != '\r') {
      return false;
    }
    pos++;
    if (c == '\r' && peek() == '\n') {
      pos++;
    }
    return true;
  }

  private int peek() throws IOException {
    return pos < end || fill() ? text[pos] : NONE;
  }

  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (start > 0) {
      System.arraycopy(text, start, text, 0, end - start);
      pos -= start;
      end -= start;
      start = 0;
    }
    if (end == text.length) {
      text = Arrays.copyOf(text, 2 * text.length + 1);
    }
    int read = in.read(text, end, text.length - end);
    ended = read < 0;
    end += Math.max(read, 0);
    return !ended;
  }
}
