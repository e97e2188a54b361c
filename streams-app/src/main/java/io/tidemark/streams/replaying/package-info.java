/**
 * What would come of a rejected event if it were sent once more, as it was or changed?
 *
 * <p>Makes an event of the original, as {@code originals} finds it, by a mapping that says what of it is to be changed, and has it judged as any that comes by
 * the door. Owns the rule that it stays the same event: what is sent once more by its own producer and replayed here counts once. Writes nothing:
 * that is {@code publishing}'s; which events were rejected is {@code rejections}'.
 */
@NullMarked
package io.tidemark.streams.replaying;

import org.jspecify.annotations.NullMarked;
