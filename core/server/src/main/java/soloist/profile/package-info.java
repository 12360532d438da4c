/**
 * The portrait of one person. Rows come in, traits, consents and windows of what happened go out,
 * in whatever order rows came. It keeps the profiles, which lanes write and everybody reads.
 */
@NullMarked
package soloist.profile;

import org.jspecify.annotations.NullMarked;
