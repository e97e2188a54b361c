package io.tidemark.query.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.Limits;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.RequestBody;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBatch;
import io.tidemark.query.request.JsonBody;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.publishing.EventIntake;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** The ways in: {@code /requests}, {@code /usage}, {@code /events}, alone or in batches. */
public final class IngestCalls {
    /** Events of one batch. */
    public static final int MOST_EVENTS = 1000;

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    private final EventForm requestForm;
    private final EventForm usageForm;
    private final CloudEvents cloudEvents;
    private final Submission submission;
    private final EventLimit limit;
    private final Clock clock;

    /**
     * @param meterDefined whether a tenant has defined a meter
     * @param eventsPerSecond what one key may send
     */
    public IngestCalls(
            EventIntake intake,
            Customers customers,
            BiPredicate<String, String> meterDefined,
            long eventsPerSecond,
            Clock clock) {
        var owner = new Owner(customers);
        this.requestForm = new EventForm(EventKind.REQUEST, owner, meterDefined);
        this.usageForm = new EventForm(EventKind.USAGE, owner, meterDefined);
        this.cloudEvents = new CloudEvents(usageForm);
        this.submission = new Submission(intake);
        this.limit = new EventLimit(eventsPerSecond, MOST_EVENTS, clock);
        this.clock = clock;
    }

    public CallerHandler request() {
        return (context, caller) -> one(context, caller, requestForm::read, json(context));
    }

    public CallerHandler requests() {
        return (context, caller) -> many(context, caller, requestForm::read, RequestBody.bytes(context));
    }

    public CallerHandler usage() {
        return (context, caller) -> one(context, caller, usageForm::read, json(context));
    }

    public CallerHandler usages() {
        return (context, caller) -> many(context, caller, usageForm::read, RequestBody.bytes(context));
    }

    /** How one event of a body is read. */
    private interface Form {
        Incoming read(String pointer, Optional<ObjectNode> object, Sent sent);
    }

    /** A CloudEvent in whichever mode its content type says. */
    public void events(Context context, Caller caller) {
        String type = Optional.ofNullable(context.contentType()).orElse("").toLowerCase(Locale.ROOT);
        String media = type.split(";", 2)[0].strip();
        if (media.equals(BATCH)) {
            many(context, caller, cloudEvents::read, RequestBody.bytesOfAnyType(context));
        } else if (media.equals(STRUCTURED)) {
            one(
                    context,
                    caller,
                    cloudEvents::read,
                    faults -> JsonBody.object(RequestBody.bytesOfAnyType(context), faults));
        } else if (BinaryEvent.isOne(context)) {
            single(context);
            one(context, caller, cloudEvents::read, faults -> BinaryEvent.structured(context, faults));
        } else {
            throw new Refused(Problem.of(
                    Problem.Kind.UNSUPPORTED_MEDIA_TYPE,
                    "A CloudEvent is " + STRUCTURED + ", " + BATCH + ", or has the header ce-specversion."));
        }
    }

    /** One event alone has no more than any has, although a batch comes by the same path. */
    private static byte[] single(Context context) {
        byte[] body = RequestBody.bytesOfAnyType(context);
        if (body.length > Limits.BODY_BYTES) {
            throw RequestBody.tooLarge(Limits.BODY_BYTES);
        }
        return body;
    }

    private static Function<Faults, ObjectNode> json(Context context) {
        return faults -> JsonBody.object(RequestBody.bytes(context), faults);
    }

    private void one(Context context, Caller caller, Form form, Function<Faults, ObjectNode> body) {
        var faults = new Faults();
        Sent sent = Sent.of(context, caller, clock.instant(), faults);
        limit.take(caller, 1).tell(context);
        int before = faults.all().size();
        ObjectNode object = body.apply(faults);
        if (faults.all().size() > before) {
            // Of a body that cannot be read, nothing more is known.
            Refused.ifAny(faults);
        }
        Judged judged = submission.judge(form.read("", Optional.of(object), sent));
        judged.faults().forEach(faults::add);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        refuseUnknown(judged.event());
        IngestReplies.one(context, submission.write(List.of(judged), sent.untilTold()), sent.isWaiting());
    }

    private static void refuseUnknown(Incoming event) {
        if (event.lacksId()) {
            throw new Refused(
                    Problem.of(
                            Problem.Kind.ID_MISSING,
                            "Usage needs an id, in the body or as Idempotency-Key: the same id counts once, however often it is sent."));
        }
        if (event.unknownCustomer().isPresent()) {
            throw Customers.unknown();
        }
    }

    private void many(Context context, Caller caller, Form form, byte[] body) {
        var faults = new Faults();
        Sent sent = Sent.of(context, caller, clock.instant(), faults);
        // The first before they are read: who has none left costs no more than that.
        limit.take(caller, 1).tell(context);
        var events = new ArrayList<Judged>();
        JsonBatch.read(
                body,
                "events",
                MOST_EVENTS,
                faults,
                (pointer, object) -> events.add(
                        submission.judge(form.read(pointer, object, sent)).inBatch()));
        if (events.size() > 1) {
            limit.take(caller, events.size() - 1).tell(context);
        }
        if (!faults.all().isEmpty()
                || events.stream().allMatch(event -> event.ready().isEmpty())) {
            events.forEach(event -> event.faults().forEach(faults::add));
        }
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        IngestReplies.many(context, submission.write(events, sent.untilTold()), sent.isWaiting());
    }
}
