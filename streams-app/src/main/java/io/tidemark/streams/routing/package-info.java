/**
 * Who is asked. Of every question it finds out who holds the partitions it is about (this instance, a peer that counts them, or
 * one that keeps a copy), asks each of them once, turns to the next where one does not answer, or not as soon as usual, and puts the parts together.
 *
 * <p>Does not own what is answered ({@code reading}, {@code pages}) nor how peers are spoken to: {@link
 * io.tidemark.streams.routing.Peers} is a port, and HTTP is behind it.
 */
@NullMarked
package io.tidemark.streams.routing;

import org.jspecify.annotations.NullMarked;
