package io.tidemark.query.stream;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.LongAnswer;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.http.RequestHead;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.period.Durations;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.query.usage.Snapshots;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.feed.ChangeCursor;
import io.tidemark.streams.feed.UsageChanges;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Wait;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/** Changes of usage as they come, by server-sent events. */
public final class UsageStream implements CallerHandler {
    private static final String OURS = "customer_id";
    private static final String EXTERNAL = "external_customer_id";
    private static final String FORGOTTEN = "forgotten";
    private static final Set<String> PARAMETERS = Set.of(OURS, EXTERNAL, "limit", "snapshot", "duration");
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration LASTING = Duration.ofHours(1);
    private static final Duration UNTIL_HEARD = Duration.ofSeconds(5);
    private static final Duration UNTIL_LEVEL = Duration.ofSeconds(2);

    private final StreamHub hub;
    private final UsageChanges changes;
    private final Snapshots snapshots;
    private final Customers customers;
    private final Clock clock;

    public UsageStream(StreamHub hub, Snapshots snapshots, Customers customers, Clock clock) {
        this.hub = hub;
        this.changes = hub.changes();
        this.snapshots = snapshots;
        this.customers = customers;
        this.clock = clock;
    }

    /** What was asked for. */
    private record Asked(Optional<String> customer, boolean mayBeOurs, int limit, boolean snapshot, Duration lasting) {}

    @Override
    public void handle(Context context, Caller caller) throws InterruptedException {
        Asked asked = asked(context);
        OwnApp.check(context, caller);
        if (!changes.areTold()) {
            throw new Refused(Problem.of(
                    Problem.Kind.NOT_FOUND,
                    "Changes are not told here: the feed is turned off (feed-interval is 0s)."));
        }
        Optional<String> customer = asked.customer().map(id -> externalId(caller.tenant(), id, asked.mayBeOurs()));
        StreamHub.Seat seat = hub.seat(caller);
        boolean open = false;
        try {
            open = begin(context, caller, asked, customer, seat);
        } finally {
            if (!open) {
                seat.giveBack();
            }
        }
    }

    private static Asked asked(Context context) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        parameters.allowOnly(PARAMETERS, faults);
        if (parameters.has(OURS) && parameters.has(EXTERNAL)) {
            faults.add(EXTERNAL, "cannot be combined with " + OURS);
        }
        for (String name : Set.of(OURS, EXTERNAL)) {
            if (parameters.text(name).filter(id -> !ExternalId.valid(id)).isPresent()) {
                faults.add(name, ExternalId.COMPLAINT);
            }
        }
        int limit = parameters.limit(faults);
        boolean snapshot = parameters.flag("snapshot", true, faults);
        Optional<Duration> lasting = parameters.text("duration").flatMap(Durations::parse);
        if (parameters.has("duration")
                && lasting.filter(one -> one.compareTo(LONGEST) <= 0).isEmpty()) {
            faults.add("duration", "must be a duration of at most 1 d, such as 10s or 1h");
        }
        Refused.ifAny(faults);
        return new Asked(
                parameters.text(OURS).or(() -> parameters.text(EXTERNAL)),
                parameters.has(OURS),
                limit,
                snapshot,
                lasting.orElse(LASTING));
    }

    private String externalId(String tenant, String id, boolean mayBeOurs) {
        return customers.meant(tenant, id, mayBeOurs).map(Customer::externalId).orElse(id);
    }

    /** Whether it is open now; else it was answered otherwise. */
    private boolean begin(Context context, Caller caller, Asked asked, Optional<String> customer, StreamHub.Seat seat)
            throws InterruptedException {
        if (context.method().equals(HandlerType.HEAD)) {
            Replies.events(context);
            return false;
        }
        if (!changes.listen(UNTIL_HEARD)) {
            throw new Refused(Problem.of(Problem.Kind.UNAVAILABLE, "Changes are not heard yet."));
        }
        Optional<String> last =
                RequestHead.values(context, "Last-Event-ID").stream().findFirst();
        Optional<ChangeCursor> resumed =
                last.isPresent() ? changes.at(caller.tenant(), last.get(), UNTIL_LEVEL) : Optional.empty();
        // Before the snapshot is made: what changes meanwhile is told after it.
        ChangeCursor place = resumed.orElseGet(changes::now);
        byte[] first = Messages.resumed();
        if (resumed.isEmpty()) {
            YearMonth month = month();
            Answer<Optional<Object>> answer = asked.snapshot()
                    ? snapshot(caller.tenant(), customer, month, asked.limit())
                    : new Answer.Found<>(Optional.empty());
            if (!(answer instanceof Answer.Found<Optional<Object>> found)) {
                Replies.answer(context, answer, Snapshots.UNKNOWN, never -> never);
                return false;
            }
            String reason = last.isPresent() ? FORGOTTEN : "start";
            first = Messages.reset(
                    place, reason, month.toString(), found.value().orElse(null));
        }
        Replies.events(context);
        LongAnswer.begin(
                context,
                first,
                answer -> hub.open(new OpenStream(
                        caller,
                        customer,
                        answer,
                        place,
                        asked.snapshot() ? Optional.empty() : Optional.of(this::askAgain),
                        System.nanoTime() + asked.lasting().toNanos())),
                seat::giveBack);
        return true;
    }

    private YearMonth month() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }

    private byte[] askAgain(ChangeCursor place) {
        return Messages.reset(place, FORGOTTEN, month().toString(), null);
    }

    /** It must hold all that lies before the place: that is not told any more. */
    private Answer<Optional<Object>> snapshot(String tenant, Optional<String> customer, YearMonth month, int limit) {
        Wait all = changes.position()
                .map(position -> new Wait(Optional.of(position), UNTIL_HEARD))
                .orElse(Wait.NOT);
        return snapshots.of(tenant, customer, month, limit, all);
    }
}
