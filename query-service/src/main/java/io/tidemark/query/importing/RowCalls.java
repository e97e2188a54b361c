package io.tidemark.query.importing;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.importing.PatientCalls.Halted;
import io.tidemark.query.importing.RowOutcome.Done;
import io.tidemark.query.importing.RowOutcome.Fate;
import io.tidemark.query.importing.RowOutcome.Refused;
import io.tidemark.query.remote.RemoteAnswer;
import io.tidemark.query.remote.RemoteInstance;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is asked of an instance for one row: to make the customer and, where there is one, to change it.
 *
 * <p>To make it is asked first, under a key that is the row's own in this import: asked again, after a crash of either side, it is
 * answered the same, and a customer of this import is not mistaken for one that was there before.
 */
final class RowCalls {
    private static final String CUSTOMERS = "/api/v1/customers";
    private static final Set<Integer> REFUSALS = Set.of(400, 409, 413, 422, 500);
    private static final int ATTEMPTS = 6;
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private final PatientCalls calls;
    private final Window window;
    private final String run;
    private final Existing existing;

    RowCalls(PatientCalls calls, Window window, String run, Existing existing) {
        this.calls = calls;
        this.window = window;
        this.run = run;
        this.existing = existing;
    }

    RowOutcome send(Row row) throws Halted, InterruptedException {
        RemoteAnswer made = create(row, "");
        if (isTaken(made, "email") && !isTaken(made, "external_id")) {
            made = create(inTurn(row), "-in-turn");
        }
        if (made.status() == 201) {
            return new Done(Fate.CREATED);
        }
        boolean isThere = isTaken(made, "external_id");
        if (isThere && existing == Existing.SKIP) {
            return new Done(Fate.SKIPPED);
        }
        return isThere && existing == Existing.UPDATE ? update(row, made) : refused(made);
    }

    private RemoteAnswer create(Row row, String again) throws Halted, InterruptedException {
        return calls.ask(
                "POST",
                CUSTOMERS,
                Optional.of(row.toCreate()),
                Map.of("Idempotency-Key", run + "-" + row.hash() + again));
    }

    /** A row before it may be about to give the address away. */
    private Row inTurn(Row row) throws Halted, InterruptedException {
        haltUnless(window.awaitTurn(row));
        return row;
    }

    private static void haltUnless(boolean goesOn) throws Halted {
        if (!goesOn) {
            throw new Halted();
        }
    }

    private static boolean isTaken(RemoteAnswer answer, String field) {
        return answer.status() == 409
                && answer.body().path("errors").findValuesAsText("pointer").contains("/" + field);
    }

    /** By our id, as an external id may be another customer's UUID; and to what was seen, so that metadata can be added to. */
    private RowOutcome update(Row row, RemoteAnswer made) throws Halted, InterruptedException {
        RemoteAnswer last = made;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            haltUnless(window.pause(BETWEEN.multipliedBy(attempt)));
            RemoteAnswer found = find(row);
            if (isLive(found)) {
                RemoteAnswer changed = change(row, found.body());
                if (isTaken(changed, "email")) {
                    changed = change(inTurn(row), found.body());
                }
                if (changed.isGood()) {
                    return new Done(version(changed).equals(version(found)) ? Fate.UNCHANGED : Fate.UPDATED);
                }
                if (changed.status() != 412 && changed.status() != 404) {
                    return refused(changed);
                }
                last = changed;
            } else if (found.status() != 404 && !found.isGood()) {
                return refused(found);
            }
            // Another instance may be a moment behind the one that said that it is there.
        }
        return new Refused(OptionalInt.of(last.status()), RowFault.of(last.body()));
    }

    private RemoteAnswer find(Row row) throws Halted, InterruptedException {
        String id = RemoteInstance.encoded(row.externalId().orElseThrow());
        return calls.ask("GET", CUSTOMERS + "/by-external-id?external_id=" + id, Optional.empty(), Map.of());
    }

    private static boolean isLive(RemoteAnswer found) {
        return found.isGood() && !found.body().hasNonNull("deleted_at");
    }

    private RemoteAnswer change(Row row, JsonNode known) throws Halted, InterruptedException {
        return calls.ask(
                "PATCH",
                CUSTOMERS + "/" + known.path("id").asText(),
                Optional.of(row.toUpdate(known.path("metadata"))),
                Map.of("If-Match", "\"" + known.path("version").asText() + "\""));
    }

    private static JsonNode version(RemoteAnswer answer) {
        return answer.body().path("version");
    }

    /** What is no answer to the row ends the import: a key that may not, an address where something else answers. */
    private RowOutcome refused(RemoteAnswer answer) throws Halted {
        if (!REFUSALS.contains(answer.status())) {
            window.halt(answer.failure());
            throw new Halted();
        }
        return new Refused(OptionalInt.of(answer.status()), RowFault.of(answer.body()));
    }
}
