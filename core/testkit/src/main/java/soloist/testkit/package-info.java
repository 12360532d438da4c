/**
 * What tests of every module share: contracts that each extension point's implementations run, real
 * servers on loopback, sample data and a clock. In come the thing under test and a script of
 * faults; out go entries that can be compared. Nothing is kept but what a test asked to have
 * written into a folder of its own.
 */
@NullMarked
package soloist.testkit;

import org.jspecify.annotations.NullMarked;
