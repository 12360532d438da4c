/**
 * The CSV connector: the bytes of a file come in, customers, orders, products and rejected rows go
 * out in an order that is the same at every reading. How the file is written (encoding, delimiter,
 * decimal mark, dates) is found by looking, and each finding may be set otherwise. Kept are, while
 * a file of orders is read, temporary files that sort its rows by order.
 */
@NullMarked
package soloist.connector.csv;

import org.jspecify.annotations.NullMarked;
