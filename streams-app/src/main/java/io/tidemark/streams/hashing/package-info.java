/**
 * Bytes that stand for other bytes.
 *
 * <p>Owns how SHA-256 is had. What is hashed, and how it is told apart, is said in the rooms that keep the hash: {@code dedupe}
 * here, keys, commands, rows and files at the door.
 */
@NullMarked
package io.tidemark.streams.hashing;

import org.jspecify.annotations.NullMarked;
