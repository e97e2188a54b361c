/**
 * Installations as releases left them, which every later build must open: the archives in {@code src/test/resources/saved},
 * what they must answer, the one who makes them, and the test.
 */
@NullMarked
package io.tidemark.dev.saved;

import org.jspecify.annotations.NullMarked;
