/**
 * What a message says. Templates, traits and links come in, subject, HTML and text in the person's
 * language go out. It keeps the templates.
 */
@NullMarked
package soloist.content;

import org.jspecify.annotations.NullMarked;
