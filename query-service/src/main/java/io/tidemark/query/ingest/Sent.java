package io.tidemark.query.ingest;

import java.time.Instant;
import java.util.Optional;

/**
 * What a request says of all its events.
 *
 * @param tenant whose they are
 * @param customer out of the header, before whatever an event says
 * @param idempotencyKey gives an event the id it has not got
 * @param now the time of events that say none
 */
record Sent(String tenant, Optional<String> customer, Optional<String> idempotencyKey, Instant now) {}
