package io.tidemark.query.oracle;

import java.time.Instant;

/**
 * What a file is about: all that these customers used, begins with {@code from} and ends before {@code until}.
 *
 * @param prefix begins the external id of each customer, and of no other
 */
public record Header(String tenant, String prefix, Instant from, Instant until) {}
