/**
 * What was done to numbers, said to people: in come preparations and vocabularies, out go sentences
 * in both languages for the card of a model. It keeps nothing. This package alone in the module
 * knows the SPI, for its texts.
 */
@NullMarked
package soloist.learning.words;

import org.jspecify.annotations.NullMarked;
