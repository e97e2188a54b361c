package io.tidemark.query.reconciliation;

import io.javalin.http.Context;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.query.usage.Known;
import io.tidemark.query.usage.WaitParser;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import io.tidemark.streams.reconciliation.ReconciliationReader;
import io.tidemark.streams.reconciliation.TallyQuestion;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** {@code /reconciliation}: by the hour of their arrival, what became of all records. */
public final class ReconciliationCall implements CallerHandler {
    private static final Set<String> PARAMETERS = Known.with("by");
    private static final Duration UNLESS_GIVEN = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(31);
    /** There are as many rows for each hour as there are partitions of three topics. */
    private static final Duration LONGEST_BY_PARTITION = Duration.ofDays(7);

    private static final Problem UNKNOWN = Problem.of(Problem.Kind.NOT_FOUND, "Nothing was ever counted.");

    private final Parts parts;
    private final PeriodParser periods;

    public ReconciliationCall(Parts parts, PeriodParser periods) {
        this.parts = parts;
        this.periods = periods;
    }

    @Override
    public void handle(Context context, Caller caller) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        parameters.allowOnly(PARAMETERS, faults);
        boolean byPartition = byPartition(parameters, faults);
        Optional<Period> hours = hours(caller, parameters, byPartition, faults);
        Wait wait = WaitParser.parse(parameters, faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        Period period = hours.orElseThrow();
        var question = new TallyQuestion(number(period.from()), number(period.to()), byPartition);
        Replies.answer(
                context,
                parts.ofAll(ReconciliationReader.KIND, question, wait),
                UNKNOWN,
                found -> ReconciliationBody.of(found, period));
    }

    private static boolean byPartition(Parameters parameters, Faults faults) {
        Optional<String> by = parameters.text("by");
        if (by.filter(text -> !text.equals("partition")).isPresent()) {
            faults.add("by", "must be partition");
        }
        return by.isPresent();
    }

    /** Whole hours: a bound that is within one moves outward. */
    private Optional<Period> hours(Caller caller, Parameters parameters, boolean byPartition, Faults faults) {
        Optional<Period> whole = periods.parse(caller.owner().orElse(""), UNLESS_GIVEN, parameters, faults)
                .map(ReconciliationCall::whole);
        Duration longest = byPartition ? LONGEST_BY_PARTITION : LONGEST;
        // An hour more: a period up to now begins within one.
        boolean tooLong = whole.filter(
                        period -> Duration.between(period.from(), period.to()).compareTo(longest.plusHours(1)) > 0)
                .isPresent();
        if (tooLong) {
            faults.add(
                    parameters.has("period") ? "period" : "from",
                    "must not make it longer than " + longest.toDays() + " days"
                            + (byPartition ? ", by partition" : ""));
        }
        return whole;
    }

    private static Period whole(Period asked) {
        Instant to = asked.to().truncatedTo(ChronoUnit.HOURS);
        return new Period(
                asked.from().truncatedTo(ChronoUnit.HOURS), to.equals(asked.to()) ? to : to.plus(1, ChronoUnit.HOURS));
    }

    private static int number(Instant hour) {
        return (int) Duration.between(Instant.EPOCH, hour).toHours();
    }
}
