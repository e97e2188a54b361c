package io.tidemark.query.load;

import io.tidemark.query.load.Course.Step;
import io.tidemark.query.oracle.Oracle;
import io.tidemark.streams.publishing.EventPublisher;
import io.tidemark.streams.publishing.PublishFailed;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Sends a load from its first event to its last, or until it is told to stop or Kafka takes no more. */
public final class LoadRun {
    private final EventPublisher publisher;
    private final LoadEvents events;
    private final Course course;
    private final Pacer pacer;
    private final Optional<Oracle> oracle;
    private final Tally tally;
    private final Shipment<Long> shipment;

    /**
     * How it ended.
     *
     * @param unacknowledged events that may or may not have been written
     * @param whole whether all events were sent, and all acknowledged
     * @param failure why Kafka was given up
     */
    public record Ending(long unacknowledged, boolean whole, String position, Optional<PublishFailed> failure) {}

    public LoadRun(
            EventPublisher publisher,
            LoadEvents events,
            long count,
            Pacer pacer,
            Optional<Oracle> oracle,
            Tally tally,
            Duration patience) {
        this.publisher = publisher;
        this.events = events;
        this.pacer = pacer;
        this.oracle = oracle;
        this.tally = tally;
        course = new Course(events, count);
        shipment = new Shipment<>(publisher, events::event, tally, patience);
    }

    /**
     * Runs it in this thread.
     *
     * @param wanted false: to be ended, with what is on its way
     * @throws PublishFailed when not one event was taken
     */
    public Ending run(BooleanSupplier wanted) {
        Optional<PublishFailed> failure = Optional.empty();
        boolean all = false;
        try {
            all = sendAll(wanted);
            shipment.finish(wanted);
        } catch (PublishFailed gaveUp) {
            publisher.flush();
            failure = Optional.of(gaveUp);
        }
        if (failure.isPresent() && tally.counts().acknowledged() == 0) {
            throw failure.get();
        }
        long unacknowledged = takeBack();
        return new Ending(unacknowledged, all && unacknowledged == 0, publisher.position(), failure);
    }

    private boolean sendAll(BooleanSupplier wanted) {
        for (Optional<Step> step = course.next(); step.isPresent(); step = course.next()) {
            pacer.await(wanted);
            if (!wanted.getAsBoolean()) {
                return false;
            }
            send(step.get());
        }
        return true;
    }

    private void send(Step step) {
        if (step.repeat()) {
            tally.duplicate();
            shipment.repeat(step.number());
        } else {
            MadeEvent event = events.event(step.number());
            // Before it is sent: should that fail for good, what is not acknowledged is taken back.
            oracle.ifPresent(sums -> sums.add(event.kind(), event.fields()));
            tally.event();
            shipment.send(step.number(), event);
        }
    }

    /** The oracle holds what is known to have been written. */
    private long takeBack() {
        long count = 0;
        for (long number : shipment.unacknowledged()) {
            MadeEvent event = events.event(number);
            oracle.ifPresent(sums -> sums.takeBack(event.kind(), event.fields()));
            count++;
        }
        return count;
    }
}
