/**
 * The door of Tidemark: HTTP and the command line, the process we ship. It has never heard of Kafka.
 *
 * <p>The rooms, in the order a request meets them: {@code http} (the server), {@code keys} (who asks), {@code request}
 * (what was written), {@code period} (which span is meant), {@code ingest} (what comes in), and what is answered: {@code usage}, {@code stream}
 * (usage as it changes), {@code logs} (single requests), {@code customers}, {@code sharing} (what one of them is shown), {@code tracing} (what became
 * of an event), {@code rejected} (what was not counted); {@code csv}, tables as text. {@code dashboard} is files that ask for all of it.
 *
 * <p>Beside them: {@code peers}, how instances ask each other; {@code admin}, {@code ops} and {@code reconciliation} for operators; {@code
 * instance}, which wires it all, and {@code settings}, where its values come from. For the command line {@code cli}, {@code remote}, {@code sending} and
 * {@code progress}; {@code importing} for customers out of a file, {@code exporting} for usage into one; {@code load}, {@code oracle} and
 * {@code verification} for who wants to see that it counts right.
 */
@NullMarked
package io.tidemark.query;

import org.jspecify.annotations.NullMarked;
