package io.tidemark.query.keys;

import io.tidemark.streams.directory.Customer;
import java.time.Instant;

/**
 * Whoever asks with a link: the one customer it is to, as it is at this moment.
 *
 * @param end from when on the link is not taken any more
 */
public record LinkHolder(Caller caller, Customer customer, Instant end) {}
