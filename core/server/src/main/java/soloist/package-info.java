/**
 * The application as a whole: the command line comes in, a running server goes out. {@link
 * soloist.Soloist} puts the parts together and {@link soloist.Pipeline} tells what happens to an
 * event. It keeps what runs.
 */
@NullMarked
package soloist;

import org.jspecify.annotations.NullMarked;
