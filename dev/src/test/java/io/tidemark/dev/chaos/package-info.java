/**
 * What is left of the promises when things break: a broker and instances as processes of their own, a load whose events are
 * known one by one, faults, and the books that everything is compared with afterwards. Decision 0021 says how it is built.
 *
 * <p>{@link io.tidemark.dev.chaos.Cluster} runs the processes, {@link io.tidemark.dev.chaos.Load} sends,
 * {@link io.tidemark.dev.chaos.Books} knows what was sent and acknowledged, {@link io.tidemark.dev.chaos.Askers} asks,
 * {@link io.tidemark.dev.chaos.Audit} compares the totals, {@link io.tidemark.dev.chaos.HistoryCheck} every single answer.
 */
@NullMarked
package io.tidemark.dev.chaos;

import org.jspecify.annotations.NullMarked;
