package io.tidemark.query.usage;

import io.javalin.http.Context;
import io.tidemark.query.http.Form;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsageSeries;
import io.tidemark.streams.reading.Wait;
import java.util.Optional;
import java.util.Set;

/** The usage of all customers of a tenant together, in one sum or window by window. */
public final class UsageOfTenant implements CallerHandler {
    private static final Set<String> PARAMETERS =
            Known.with(SeriesParser.WINDOW, ByCustomerParser.INCLUDE_INACTIVE, Form.PARAMETER);
    private static final Problem UNKNOWN = Problem.of(Problem.Kind.NOT_FOUND, "Nothing was ever counted.");

    private final SeriesCalls calls;
    private final SeriesParser windows;
    private final PeriodParser periods;

    public UsageOfTenant(Parts parts, PeriodParser periods) {
        calls = new SeriesCalls(parts);
        windows = new SeriesParser(periods);
        this.periods = periods;
    }

    @Override
    public void handle(Context context, Caller caller) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        parameters.allowOnly(PARAMETERS, faults);
        Optional<Period> period = periods.parse(caller.tenant(), parameters, faults);
        Optional<SeriesAsked> asked = windows.parse(caller.tenant(), period, parameters, faults);
        boolean inactive = ByCustomerParser.includeInactive(parameters, faults);
        Wait wait = WaitParser.parse(parameters, faults);
        Form form = Form.wanted(context, parameters, faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        SeriesAsked series = asked.orElseGet(
                () -> SeriesAsked.whole(period.orElseThrow(), periods.zone(caller.tenant(), parameters)));
        var question = new UsageSeries.Asked(caller.tenant(), Optional.empty(), inactive, series.bounds());
        var answer = calls.ask(question, Optional.empty(), wait);
        Replies.answer(
                context,
                answer,
                UNKNOWN,
                form,
                part -> SeriesBody.of(part, series, Optional.empty()),
                part -> SeriesTable.file(
                        SeriesBody.of(part, series, Optional.empty()), series.zone(), part.freshness()));
    }
}
