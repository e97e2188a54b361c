package io.tidemark.streams.intake;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** The intake with nothing around it. */
@NullMarked
final class Judging {
    private final Intake intake;

    Judging(WriterSchemas schemas) {
        this(schemas, TimeRule.DEFAULT);
    }

    Judging(WriterSchemas schemas, TimeRule time) {
        intake = new Intake(schemas, time, tenant -> !tenant.equals("stranger"));
    }

    Outcome judge(Source topic, byte[] value, Instant at) {
        var origin = new Origin(topic, 0, 0, at.toEpochMilli());
        return intake.judge(new Received(0, Progress.none(topic, 0), origin, null, value, false));
    }

    /** What is wrong with a request event; empty when it is accepted. */
    List<Fault> request(byte[] value, Instant at) {
        return faults(judge(Source.REQUESTS, value, at));
    }

    List<Fault> usage(byte[] value, Instant at) {
        return faults(judge(Source.USAGE, value, at));
    }

    List<Reason> reasons(byte[] value, Instant at) {
        return request(value, at).stream().map(Fault::reason).toList();
    }

    /** What a good event says. */
    Event event(Source topic, byte[] value, Instant at) {
        return ((Outcome.Accepted) judge(topic, value, at)).event();
    }

    private static List<Fault> faults(Outcome outcome) {
        return outcome instanceof Outcome.Rejected rejected ? rejected.faults() : List.of();
    }
}
