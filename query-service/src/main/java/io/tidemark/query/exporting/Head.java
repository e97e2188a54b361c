package io.tidemark.query.exporting;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.http.Json;
import io.tidemark.query.period.Zones;
import io.tidemark.query.usage.UsageByCustomerBody.Totals;
import io.tidemark.streams.reading.Period;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What an answer about all customers says of all its rows.
 *
 * @param json the period as it was said
 */
public record Head(JsonNode json, ZoneId zone, Totals totals, long excluded, Instant asOf, String position) {

    /** @throws CannotExport when it is no such answer: who knows what answers at an address */
    static Head of(JsonNode answer) {
        if (!answer.path("totals").isObject() || !answer.path("timezone").isTextual()) {
            throw new CannotExport("what was answered is not usage by customer, as this release tells it");
        }
        return new Head(
                answer.path("period"),
                zone(answer.path("timezone").asText()),
                Json.read(answer.path("totals"), Totals.class),
                answer.path("excluded").asLong(),
                Instant.parse(answer.path("as_of").asText()),
                answer.path("position").asText());
    }

    /** Its rules may be newer than this Java; a bill must not be by those of another. */
    private static ZoneId zone(String name) {
        return Zones.named(name)
                .orElseThrow(() ->
                        new CannotExport("the period is by the calendar of " + name + ", a time zone that this Java ("
                                + Runtime.version() + ") does not know: run it with a newer one"));
    }

    public String from() {
        return json.path("from").asText();
    }

    public String to() {
        return json.path("to").asText();
    }

    Period period() {
        return new Period(Instant.parse(from()), Instant.parse(to()));
    }

    /** Minutes may have been forgotten meanwhile, and the bounds of what is kept in their place are others. */
    void checkPeriod(JsonNode page) {
        if (!page.path("period").equals(json)) {
            throw new CannotExport(
                    "minutes of " + from() + "/" + to() + " were kept no longer while it ran, and the rest is of "
                            + page.path("period").path("from").asText() + "/"
                            + page.path("period").path("to").asText() + ": run it again");
        }
    }
}
