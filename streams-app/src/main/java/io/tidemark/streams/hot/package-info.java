/**
 * The one key-value store the hot rooms share, so that whatever one event changes becomes durable and visible in one
 * order: what is written last is flushed last.
 *
 * <p>Owns how it is read where it is open, past Kafka's record cache and without Kafka's locks ({@link io.tidemark.streams.hot.OpenStores}), the store's name, which room has which first byte of its keys, and how bytes are written and read. Each room
 * owns the layout of its own keys and values; all of them are stored, and final. What a room holds of its own beside the
 * record cache goes first whenever that writes ({@link io.tidemark.streams.hot.WriteBehind}, {@link io.tidemark.streams.hot.PastTheCache}). What is to be written
 * in each commit is run by {@link io.tidemark.streams.hot.BeforeCommit}. What is scanned whole again and again is kept in memory for a while ({@link io.tidemark.streams.hot.KeptRanges}). Stores that hold nothing of their own are made by {@link io.tidemark.streams.hot.UnloggedBuilder}.
 */
@NullMarked
package io.tidemark.streams.hot;

import org.jspecify.annotations.NullMarked;
