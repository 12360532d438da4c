/**
 * Files that the owner brings in, and may take back. A file and what its columns mean come in;
 * events in the journal, products, consents that the owner has vouched for and a list of refused
 * rows go out. It keeps one document an import, the file until it is in, and the refused rows.
 */
@NullMarked
package soloist.imports;

import org.jspecify.annotations.NullMarked;
