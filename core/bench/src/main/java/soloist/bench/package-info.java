/**
 * <<<<<<< HEAD Measures against a limit or a peer in the same run. A size and a seed come in, one
 * line of JSON a figure goes out. It keeps nothing. ======= Measures and tries what ships, from
 * outside. A command comes in, one JSON object or a table goes out. It keeps nothing. >>>>>>> crash
 */
@NullMarked
package soloist.bench;

import org.jspecify.annotations.NullMarked;
