package io.tidemark.query.rejected;

import io.javalin.http.Context;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.http.RequestBody;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.rejected.ReplayReply.Outcome;
import io.tidemark.query.rejected.ReplayReply.Row;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.fates.Told;
import io.tidemark.streams.publishing.EventIntake;
import io.tidemark.streams.publishing.EventIntake.Ready;
import io.tidemark.streams.publishing.EventIntake.Receipt;
import io.tidemark.streams.publishing.EventIntake.Taken;
import io.tidemark.streams.publishing.PublishFailed;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.Wait;
import io.tidemark.streams.rejections.ListRejections;
import io.tidemark.streams.rejections.Rejection;
import io.tidemark.streams.rejections.RejectionsAsked;
import io.tidemark.streams.rejections.RejectionsFound;
import io.tidemark.streams.replaying.Attempt;
import io.tidemark.streams.replaying.Replays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code /rejected-events/replay}: what is open is sent once more, as it was or changed, after it was said what would come of that. */
public final class ReplayCalls {
    /** A busy deployment takes some commits; what is not heard by then is heard of when it is asked for again. */
    private static final Duration UNTIL_TOLD = Duration.ofSeconds(10);

    /** Each is read where it lies, which takes as long as Kafka does: who asks goes on from where this ended. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final long MOST_BYTES = 16 << 20;
    private static final Problem NONE = Problem.of(Problem.Kind.NOT_FOUND, "There is no such rejected event.");

    private final Parts parts;
    private final Replays replays;
    private final EventIntake intake;
    private final FilterParser filters;

    public ReplayCalls(Parts parts, Replays replays, EventIntake intake, PeriodParser periods, Customers customers) {
        this.parts = parts;
        this.replays = replays;
        this.intake = intake;
        this.filters = new FilterParser(periods, customers);
    }

    public void replay(Context context, Caller caller) throws InterruptedException {
        var faults = new Faults();
        Parameters.of(context.queryString(), faults).allowOnly(Set.of(), faults);
        var asked = ReplayAsked.read(caller.tenant(), RequestBody.json(context, faults), filters, faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        Answer<Part<RejectionsFound>> answer = found(asked.which());
        if (answer instanceof Answer.Found<Part<RejectionsFound>> open) {
            Replies.ok(context, replayed(caller.tenant(), asked, open.value()));
        } else {
            Replies.answer(context, answer, NONE, any -> any);
        }
    }

    private Answer<Part<RejectionsFound>> found(RejectionsAsked which) {
        return which.customer()
                .map(one -> parts.ofCustomer(ListRejections.KIND, which, which.tenant(), one, Wait.NOT))
                .orElseGet(() -> parts.ofAll(ListRejections.KIND, which, Wait.NOT));
    }

    private ReplayReply replayed(String tenant, ReplayAsked asked, Part<RejectionsFound> open)
            throws InterruptedException {
        List<Rejection> rejections = open.value().of(RejectionsAsked.State.OPEN);
        var attempts = new ArrayList<Attempt>();
        var ready = new ArrayList<Ready>();
        long end = System.nanoTime() + LONGEST.toNanos();
        long bytes = 0;
        for (Rejection rejection : rejections) {
            if (!attempts.isEmpty() && (bytes > MOST_BYTES || System.nanoTime() - end > 0)) {
                break;
            }
            Attempt attempt = attempt(tenant, rejection, asked);
            attempts.add(attempt);
            if (attempt instanceof Attempt.Good good) {
                ready.add(good.event());
                bytes += good.event().value().length;
            }
        }
        boolean all = attempts.size() == rejections.size();
        Taken taken = asked.dryRun() || ready.isEmpty()
                ? new Taken(List.of(), "")
                : intake.take(ready, Optional.of(UNTIL_TOLD));
        Iterator<Receipt> receipts = taken.receipts().iterator();
        var rows = new ArrayList<Row>();
        for (int i = 0; i < attempts.size(); i++) {
            rows.add(Row.of(rejections.get(i), outcome(attempts.get(i), receipts)));
        }
        return ReplayReply.of(
                asked.dryRun(),
                rows,
                all
                        ? RejectedPage.Meta.of(open.value())
                        : new RejectedPage.Meta(
                                rejections.get(attempts.size() - 1).id().text()),
                open.freshness(),
                RejectedBody.text(taken.position()));
    }

    private Attempt attempt(String tenant, Rejection rejection, ReplayAsked asked) throws InterruptedException {
        try {
            return replays.attempt(tenant, rejection, asked.changes());
        } catch (PublishFailed notYet) {
            throw new Refused(Problem.of(Problem.Kind.UNAVAILABLE, "Events cannot be written yet; ask again."));
        }
    }

    private static Outcome outcome(Attempt attempt, Iterator<Receipt> receipts) {
        if (attempt instanceof Attempt.Bad bad) {
            return new Outcome("invalid", bad.faults(), null);
        } else if (attempt instanceof Attempt.Lost lost) {
            return new Outcome(lost.cause().name().toLowerCase(Locale.ROOT), List.of(), lost.detail());
        }
        return receipts.hasNext() ? outcome(receipts.next()) : Outcome.of("acceptable");
    }

    private static Outcome outcome(Receipt receipt) {
        if (!receipt.acknowledged()) {
            return Outcome.of("unacknowledged");
        }
        Optional<Told> told = receipt.told();
        return told.map(fate -> new Outcome(fate.fate().label(), fate.faults(), null))
                .orElseGet(() -> Outcome.of("pending"));
    }
}
