/**
 * What a request says before anyone knows what it means: its parameters and its body, decoded once and strictly, and the
 * faults found.
 *
 * <p>Owns the decoding of URLs and JSON bodies and the collecting of faults. Does not know what a parameter stands for (that
 * is {@code period}'s, {@code usage}'s and {@code customers}') nor how faults are answered (that is {@code http}'s).
 */
@NullMarked
package io.tidemark.query.request;

import org.jspecify.annotations.NullMarked;
