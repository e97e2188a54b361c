/**
 * The door of Tidemark: HTTP and the command line, the process we ship. It has never heard of Kafka.
 *
 * <p>The rooms, in the order a request meets them: {@code http} (the server), {@code keys} (who asks), {@code request}
 * (what was written), {@code period} (which span is meant), {@code ingest} (what comes in), {@code usage} and {@code customers}
 * (the answer). Beside them: {@code peers}, how instances
 * ask each other; {@code admin} and {@code ops} for operators, {@code instance} which wires it all, {@code sending},
 * {@code remote} and {@code cli} for the command line, {@code importing} for customers out of a file, {@code load}, {@code oracle}
 * and {@code verification} for who wants to see that it counts right.
 */
@NullMarked
package io.tidemark.query;

import org.jspecify.annotations.NullMarked;
