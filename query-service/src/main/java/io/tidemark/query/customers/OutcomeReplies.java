package io.tidemark.query.customers;

import io.javalin.http.Context;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.request.Fault;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Outcome;
import io.tidemark.streams.directory.Outcome.Unique;
import java.util.List;
import java.util.Optional;

/** What is answered to what came of a command. */
final class OutcomeReplies {
    private static final Problem UNSURE = Problem.of(
            Problem.Kind.UNAVAILABLE,
            "It is not known in time whether this was done. Send it again; a POST with the same Idempotency-Key.");

    private static final Problem REUSED =
            Problem.of(Problem.Kind.KEY_REUSED, "The Idempotency-Key named another request within the last 24 hours.");

    private OutcomeReplies() {}

    static void send(Context context, Optional<Outcome> outcome) {
        Outcome known = outcome.orElseThrow(() -> new Refused(UNSURE));
        Runnable reply = known.fold(new Outcome.Cases<>(
                made -> () -> created(context, made),
                changed -> () -> changed(context, changed),
                deleted -> () -> Replies.done(context),
                (field, by) -> () -> Replies.problem(context, taken(field)),
                () -> () -> {
                    throw Customers.unknown();
                },
                current -> () -> stale(context, current),
                () -> () -> Replies.problem(context, REUSED)));
        reply.run();
    }

    private static void created(Context context, Customer customer) {
        Version.tag(context, customer);
        Replies.created(context, context.path() + "/" + customer.id(), CustomerBody.of(customer));
    }

    private static void changed(Context context, Customer customer) {
        Version.tag(context, customer);
        Replies.ok(context, CustomerBody.of(customer));
    }

    private static void stale(Context context, Customer current) {
        Version.tag(context, current);
        Replies.problem(
                context,
                Problem.of(
                        Problem.Kind.PRECONDITION_FAILED,
                        "The customer is at version " + current.version() + " and not at the one of If-Match."));
    }

    /** Says which value is taken; by whom is nobody's business who does not know already. */
    private static Problem taken(Unique field) {
        return new Problem(
                Problem.Kind.CONFLICT,
                "Another customer has the same " + field.label() + ".",
                List.of(Fault.ofPointer("/" + field.label(), "is another customer's")));
    }
}
