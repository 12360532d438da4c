package soloist.connector.csv;

import java.util.Arrays;
import java.util.Locale;
import soloist.spi.Text;

/**
 * Every reason for which a row is not taken; its word is the code in the list that the owner gets.
 */
enum Fault {
  NONE("", ""),
  QUOTE_OPEN(
      "A quotation mark opens in this row and is not closed. Close it, or double it where it is"
          + " part of the text.",
      "本行的引号没有闭合。请补上引号；如果引号属于文字内容，请写成两个引号。"),
  FIELD_TOO_LONG(
      "A field is longer than 256 KiB. Shorten it or leave the column out.",
      "某个字段超过 256 KiB。请缩短内容，或去掉该列。"),
  ROW_TOO_LONG("The row is longer than 1 MiB. Shorten it.", "本行超过 1 MiB。请缩短内容。"),
  TOO_MANY_COLUMNS(
      "The row has more than 2,000 columns. Leave out those that you do not need.",
      "本行超过 2,000 列。请去掉不需要的列。"),
  COLUMNS(
      "The row has %s columns, the file has %s. Look for a missing or surplus delimiter, or a row"
          + " that was cut off.",
      "本行有 %s 列，而文件有 %s 列。请检查分隔符是否缺少或多余，或者该行是否被截断。"),
  ENCODING(
      "The row holds bytes that are no characters in %s. Set the right encoding, or save the file"
          + " as UTF-8.",
      "本行含有无法按 %s 解码的字节。请选择正确的编码，或将文件另存为 UTF-8。"),
  NUL_CHARACTER(
      "The row holds NUL characters: the file is damaged here, or its encoding is another one.",
      "本行含有空字符（NUL）：文件在此处损坏，或编码不正确。"),
  IDENTIFIER_MISSING(
      "The row names nobody: it has neither e-mail address nor user id nor phone number.",
      "本行没有指明客户：缺少邮箱、用户 ID 和手机号。"),
  CONTROL_CHARACTER(
      "“%s” holds a line break or another control character. Remove it.", "“%s”中含有换行符或其他控制字符。请删除。"),
  EMAIL_INVALID(
      "“%s” is no e-mail address. Write it like ada@example.com.",
      "“%s”不是有效的邮箱地址。请写成 ada@example.com 的形式。"),
  EMAIL_AMBIGUOUS(
      "The domain of “%s” can be read in two ways. Write it in its xn-- form.",
      "“%s”的域名有两种读法。请写成 xn-- 形式。"),
  ID_ROUNDED(
      "“%s” is a number that a spreadsheet has rounded. Format the column as text there and save"
          + " it again.",
      "“%s”是被电子表格四舍五入的数字。请在表格中将该列设为文本格式后重新保存。"),
  ID_TOO_LONG("An identifier is longer than 128 characters.", "标识超过 128 个字符。"),
  NUMBER_INVALID(
      "“%s” is no number. Write it like 1234.56, or map the column as text.",
      "“%s”不是数字。请写成 1234.56 的形式，或将该列按文本导入。"),
  DATE_INVALID(
      "“%s” is no date in the order %s. Write it like 2024-01-31, or choose another order of"
          + " dates.",
      "“%s”不是 %s 顺序的日期。请写成 2024-01-31 的形式，或选择其他日期顺序。"),
  TRUTH_INVALID("“%s” is neither yes nor no.", "“%s”既不是“是”也不是“否”。"),
  CURRENCY_INVALID(
      "“%s” is no currency. Write it like EUR or CNY.", "“%s”不是货币代码。请写成 CNY 或 EUR 的形式。"),
  ORDER_ID_MISSING("The row has no order number.", "本行没有订单号。"),
  ORDER_TIME_MISSING("The row does not say when the order was.", "本行没有下单时间。"),
  ORDER_INCOMPLETE(
      "Row %s of the same order cannot be taken, and an order is taken with all its rows or not at"
          + " all.",
      "同一订单的第 %s 行无法导入；订单必须整单导入。"),
  ORDER_TOO_LONG("The order has more than 10,000 rows or 4 MiB.", "该订单超过 10,000 行或 4 MiB。"),
  ORDER_BUYERS("The order has another buyer in an earlier row.", "该订单在前面的行中属于另一位客户。"),
  ORDER_TOTALS(
      "The order has another total in an earlier row. Map the column as price when it is the"
          + " amount of each line.",
      "该订单在前面的行中有不同的总额。如果该列是每行的金额，请把它对应为单价。"),
  ORDER_CURRENCIES("The order has another currency in an earlier row.", "该订单在前面的行中使用另一种货币。"),
  PRODUCT_ID_MISSING("The row has no product number.", "本行没有商品编号。");

  private static final int LONGEST_VALUE = 80;

  private final String en;
  private final String zh;

  Fault(String en, String zh) {
    this.en = en;
    this.zh = zh;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The sentence in both languages; long values are shown in part. */
  Text reason(Object... values) {
    Object[] shown = Arrays.stream(values).map(Fault::shortened).toArray();
    return new Text(String.format(en, shown), String.format(zh, shown));
  }

  private static String shortened(Object value) {
    String text = value.toString();
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }
}
