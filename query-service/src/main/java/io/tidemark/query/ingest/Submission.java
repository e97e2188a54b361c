package io.tidemark.query.ingest;

import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.request.Fault;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.fates.Told;
import io.tidemark.streams.publishing.EventIntake;
import io.tidemark.streams.publishing.EventIntake.Ready;
import io.tidemark.streams.publishing.EventIntake.Receipt;
import io.tidemark.streams.publishing.EventIntake.Taken;
import io.tidemark.streams.publishing.PublishFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Events of one request on their way: those that may be are written, together, and each is told what came of it. */
final class Submission {
    private static final String PENDING = "pending";

    private final EventIntake intake;

    Submission(EventIntake intake) {
        this.intake = intake;
    }

    /**
     * What came of one event.
     *
     * @param receipt empty where it was not written because of its faults
     */
    record Result(Judged judged, Optional<Receipt> receipt) {
        boolean isAccepted() {
            return receipt.filter(Receipt::acknowledged).isPresent();
        }

        boolean isInvalid() {
            return receipt.isEmpty();
        }

        /** What became of it, as it is said; null where nobody asked. */
        Optional<String> outcome(boolean asked) {
            return asked && isAccepted()
                    ? Optional.of(told().map(Told::fate).map(Fate::label).orElse(PENDING))
                    : Optional.empty();
        }

        private Optional<Told> told() {
            return receipt.flatMap(Receipt::told);
        }

        /** Why it is invalid, or was rejected. */
        List<Fault> errors() {
            if (isInvalid()) {
                return judged.faults();
            }
            Incoming event = judged.event();
            return told().map(Told::faults).orElse(List.of()).stream()
                    .map(fault -> Fault.ofPointer(event.pointerOf(fault.field()), fault.toString()))
                    .toList();
        }
    }

    record Done(List<Result> results, String position) {}

    Judged judge(Incoming event) {
        try {
            return Judged.of(event, intake);
        } catch (PublishFailed notYet) {
            throw new Refused(Problem.of(Problem.Kind.UNAVAILABLE, "Events cannot be written yet; send it again."));
        }
    }

    /** Writes those that may be; waits until each is acknowledged or given up, and for their fates so long. */
    Done write(List<Judged> events, Optional<Duration> untilTold) {
        List<Ready> ready =
                events.stream().flatMap(each -> each.ready().stream()).toList();
        Taken taken = ready.isEmpty() ? new Taken(List.of(), "") : take(ready, untilTold);
        Iterator<Receipt> receipts = taken.receipts().iterator();
        var results = new ArrayList<Result>();
        for (Judged event : events) {
            results.add(new Result(event, event.ready().map(one -> receipts.next())));
        }
        return new Done(results, taken.position());
    }

    private Taken take(List<Ready> ready, Optional<Duration> untilTold) {
        try {
            return intake.take(ready, untilTold);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new Refused(
                    Problem.of(
                            Problem.Kind.UNAVAILABLE,
                            "The service is stopping: it is not known whether this was written. Send it again with the same ids."));
        }
    }
}
