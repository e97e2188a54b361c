package io.tidemark.query.usage;

import io.javalin.http.Context;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.customers.Whose;
import io.tidemark.query.http.Form;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.RawPath;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.keys.LinkHolder;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsageReadModel;
import io.tidemark.streams.reading.UsageSeries;
import io.tidemark.streams.reading.Wait;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/** The usage of one customer. */
public final class UsageOfCustomer {
    private static final Set<String> PARAMETERS = Known.with(SeriesParser.WINDOW, "explain", Form.PARAMETER);
    private static final Set<String> SHARED = Known.atOnceWith(SeriesParser.WINDOW);
    static final Problem UNKNOWN = Problem.of(
            Problem.Kind.UNKNOWN_CUSTOMER, "There is no such customer, and no event of it was ever counted.");

    private final UsageReadModel usage;
    private final Customers customers;
    private final PeriodParser periods;
    private final SeriesParser windows;
    private final SeriesCalls series;

    public UsageOfCustomer(UsageReadModel usage, Parts parts, Customers customers, PeriodParser periods) {
        this.usage = usage;
        series = new SeriesCalls(parts);
        windows = new SeriesParser(periods);
        this.customers = customers;
        this.periods = periods;
    }

    /**
     * Answers for the customer that a path segment names.
     *
     * @param segment the name of that segment in the route
     */
    public CallerHandler namedBy(String segment) {
        return (context, caller) -> answer(context, caller, segment);
    }

    private void answer(Context context, Caller caller, String segment) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        parameters.allowOnly(PARAMETERS, faults);
        Optional<String> id = ExternalId.ofSegment(segment, RawPath.segment(context, segment), faults);
        Optional<Period> period = periods.parse(caller.tenant(), parameters, faults);
        Optional<SeriesAsked> asked = windows.parse(caller.tenant(), period, parameters, faults);
        Wait wait = WaitParser.parse(parameters, faults);
        boolean explain = parameters.flag("explain", faults);
        if (explain && parameters.has(SeriesParser.WINDOW)) {
            faults.add("explain", "is of a total, not of windows");
        }
        Form form = Form.wanted(context, parameters, faults);
        if (explain && form == Form.CSV) {
            faults.add("explain", "is told in JSON only");
        }
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        Wait left = customers.caughtUp(wait);
        Optional<Customer> customer = customers.meant(caller.tenant(), id.orElseThrow(), segment.equals("id"));
        String externalId = customer.map(Customer::externalId).orElse(id.get());
        if (asked.isPresent()) {
            byWindow(context, caller, asked.get(), new Whose(externalId, customer), left, form);
            return;
        }
        var answer = explain
                ? explained(usage.explain(caller.tenant(), externalId, period.orElseThrow(), left))
                : usage.ofCustomer(caller.tenant(), externalId, period.orElseThrow(), left);
        ZoneId zone = periods.zone(caller.tenant(), parameters);
        Replies.answer(
                context,
                answer,
                UNKNOWN,
                form,
                found -> CustomerUsageBody.of(found, customer),
                found -> SeriesTable.file(CustomerUsageBody.of(found, customer), zone, found.freshness()));
    }

    /** For whoever holds a link: of its customer, in one sum or window by window. */
    public void shared(Context context, LinkHolder holder) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        parameters.allowOnly(SHARED, faults);
        String tenant = holder.caller().tenant();
        Optional<Period> period = periods.parse(tenant, parameters, faults);
        Optional<SeriesAsked> windowed = windows.parse(tenant, period, parameters, faults);
        Refused.ifAny(faults);
        OwnApp.check(context, holder.caller());
        SeriesAsked asked =
                windowed.orElseGet(() -> SeriesAsked.whole(period.orElseThrow(), periods.zone(tenant, parameters)));
        Customer customer = holder.customer();
        Optional<String> id = Optional.of(customer.externalId());
        var question = new UsageSeries.Asked(tenant, id, true, asked.bounds());
        var whose = Optional.of(new Whose(customer.externalId(), Optional.of(customer)));
        Replies.answer(
                context,
                series.ask(question, id, Wait.NOT),
                UNKNOWN,
                part -> SeriesBody.of(part, asked, whose).withoutPosition());
    }

    /** An instance of a release that knows no explanations gives none: another, or the same one soon, does. */
    private static Answer<CustomerUsage> explained(Answer<CustomerUsage> answer) {
        boolean lacking = answer instanceof Answer.Found<CustomerUsage> found
                && found.value().explanation().isEmpty();
        return lacking
                ? new Answer.NotReady<>(Answer.Reason.MOVING, "who counts the customer is of an older release")
                : answer;
    }

    private void byWindow(Context context, Caller caller, SeriesAsked asked, Whose customer, Wait wait, Form form) {
        Optional<String> id = Optional.of(customer.externalId());
        var question = new UsageSeries.Asked(caller.tenant(), id, true, asked.bounds());
        Answer<Part<UsageSeries>> answer = series.ask(question, id, wait);
        boolean unknown = customer.id() == null
                && answer instanceof Answer.Found<Part<UsageSeries>> found
                && !found.value().value().counted();
        Replies.answer(
                context,
                unknown ? new Answer.NotFound<>() : answer,
                UNKNOWN,
                form,
                part -> SeriesBody.of(part, asked, Optional.of(customer)),
                part -> SeriesTable.file(
                        SeriesBody.of(part, asked, Optional.of(customer)), asked.zone(), part.freshness()));
    }
}
