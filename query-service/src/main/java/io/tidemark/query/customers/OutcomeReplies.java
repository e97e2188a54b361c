package io.tidemark.query.customers;

import io.javalin.http.Context;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.RawPath;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.request.Fault;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.CustomerDirectory.Done;
import io.tidemark.streams.directory.Outcome;
import io.tidemark.streams.directory.Outcome.Unique;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is answered to what came of a command. */
final class OutcomeReplies {
    private static final Problem UNSURE = Problem.of(
            Problem.Kind.UNAVAILABLE,
            "It is not known in time whether this was done. Send it again; a POST with the same Idempotency-Key.");

    private static final Problem REUSED =
            Problem.of(Problem.Kind.KEY_REUSED, "The Idempotency-Key named another request within the last 24 hours.");

    private OutcomeReplies() {}

    static void send(Context context, Optional<Done> answer) {
        Done known = answer.orElseThrow(() -> new Refused(UNSURE));
        String position = known.position().orElse(null);
        if (position != null) {
            context.header(Replies.POSITION, position);
        }
        Runnable reply = known.outcome()
                .fold(new Outcome.Cases<>(
                        made -> () -> created(context, made, position),
                        found -> () -> shown(context, found, position),
                        changed -> () -> shown(context, changed, position),
                        deleted -> () -> Replies.done(context),
                        erased -> () -> shown(context, erased, position),
                        (fields, by) -> () -> Replies.problem(context, taken(fields)),
                        () -> () -> {
                            throw Customers.unknown();
                        },
                        current -> () -> stale(context, current),
                        () -> () -> Replies.problem(context, REUSED)));
        reply.run();
    }

    /** Under the list of customers, whichever call made it. */
    private static void created(Context context, Customer customer, @Nullable String position) {
        Version.tag(context, customer);
        String path = RawPath.before(context, "customer") + "/customers/" + customer.id();
        Replies.created(context, path, CustomerBody.written(customer, position));
    }

    private static void shown(Context context, Customer customer, @Nullable String position) {
        Version.tag(context, customer);
        Replies.ok(context, CustomerBody.written(customer, position));
    }

    private static void stale(Context context, Customer current) {
        Version.tag(context, current);
        Replies.problem(
                context,
                Problem.of(
                        Problem.Kind.PRECONDITION_FAILED,
                        "The customer is at version " + current.version() + " and not at the one of If-Match."));
    }

    /** Says which values are taken; by whom is nobody's business who does not know already. */
    private static Problem taken(List<Unique> fields) {
        String labels = fields.stream().map(Unique::label).collect(Collectors.joining(" and "));
        return new Problem(
                Problem.Kind.CONFLICT,
                "Another customer has the same " + labels + ".",
                fields.stream()
                        .map(field -> Fault.ofPointer("/" + field.label(), "is another customer's"))
                        .toList());
    }
}
