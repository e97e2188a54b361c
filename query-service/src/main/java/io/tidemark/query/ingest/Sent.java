package io.tidemark.query.ingest;

import io.javalin.http.Context;
import io.tidemark.query.http.IdempotencyKey;
import io.tidemark.query.http.RequestHead;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request's head says of all its events.
 *
 * @param tenant whose they are
 * @param customer out of the header, before whatever an event says
 * @param idempotencyKey gives an event the id it has not got
 * @param untilTold how long to wait for what becomes of them; empty: not at all
 * @param now the time of events that say none
 */
record Sent(
        String tenant,
        Optional<String> customer,
        Optional<String> idempotencyKey,
        Optional<Duration> untilTold,
        Instant now) {
    private static final String CUSTOMER_HEADER = "X-Shuttle-Customer-Id";
    private static final Pattern HEADER_TEXT = Pattern.compile("[\\x20-\\x7E]+");

    static Sent of(Context context, Caller caller, Instant now, Faults faults) {
        Optional<Duration> untilTold = WaitForFate.parse(Parameters.of(context.queryString(), faults), faults);
        return new Sent(caller.tenant(), customer(context, faults), IdempotencyKey.of(context, faults), untilTold, now);
    }

    boolean isWaiting() {
        return untilTold.isPresent();
    }

    private static Optional<String> customer(Context context, Faults faults) {
        List<String> values = RequestHead.values(context, CUSTOMER_HEADER);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        // What is not ASCII has no one meaning in a header.
        Optional<String> id = Optional.of(values.get(0))
                .filter(text -> values.size() == 1 && HEADER_TEXT.matcher(text).matches())
                .flatMap(ExternalId::parse);
        if (id.isEmpty()) {
            faults.add(CUSTOMER_HEADER, "must be one external id of visible ASCII characters; others go into the body");
        }
        return id;
    }
}
