package io.tidemark.query.logs;

import io.javalin.http.Context;
import io.tidemark.query.customers.Customers;
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
import io.tidemark.query.usage.Known;
import io.tidemark.query.usage.WaitParser;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import io.tidemark.streams.requestlog.Breakdown;
import io.tidemark.streams.requestlog.BreakdownQuery;
import io.tidemark.streams.requestlog.BreakdownReader;
import io.tidemark.streams.requestlog.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The usage of one customer by model, provider, and whatever else its requests are labelled with. */
public final class UsageBreakdown {
    private static final String GROUP_BY = "group_by";
    private static final Set<String> PARAMETERS = Known.with(GROUP_BY);
    private static final Set<String> SHARED = Known.atOnceWith(GROUP_BY);

    /** Who else it buys from, and where it runs what, is the tenant's own business. */
    private static final Map<String, Label> SHARED_LABELS = LabelNames.of(Label.MODEL, Label.OPERATION, Label.STATUS);

    private static final Problem UNKNOWN =
            Problem.of(Problem.Kind.UNKNOWN_CUSTOMER, "There is no such customer, and no request of it is in the log.");

    private final Parts parts;
    private final Customers customers;
    private final PeriodParser periods;

    public UsageBreakdown(Parts parts, Customers customers, PeriodParser periods) {
        this.parts = parts;
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
        List<Label> by = groupBy(parameters, LabelNames.ALL, faults);
        Wait wait = WaitParser.parse(parameters, faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        Wait left = customers.caughtUp(wait);
        Optional<Customer> known = customers.meant(caller.tenant(), id.orElseThrow(), segment.equals("id"));
        String externalId = known.map(Customer::externalId).orElse(id.get());
        var query = new BreakdownQuery(caller.tenant(), externalId, period.orElseThrow(), by);
        var answer = parts.ofCustomer(BreakdownReader.KIND, query, caller.tenant(), externalId, left);
        Replies.answer(context, answer, UNKNOWN, part -> body(part, by, externalId, known));
    }

    /** For whoever holds a link: of its customer, by what that itself asked for and was answered. */
    public void shared(Context context, LinkHolder holder) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        parameters.allowOnly(SHARED, faults);
        String tenant = holder.caller().tenant();
        Optional<Period> period = periods.parse(tenant, parameters, faults);
        List<Label> by = groupBy(parameters, SHARED_LABELS, faults);
        Refused.ifAny(faults);
        OwnApp.check(context, holder.caller());
        Customer customer = holder.customer();
        String externalId = customer.externalId();
        var query = new BreakdownQuery(tenant, externalId, period.orElseThrow(), by);
        var answer = parts.ofCustomer(BreakdownReader.KIND, query, tenant, externalId, Wait.NOT);
        Replies.answer(
                context,
                answer,
                UNKNOWN,
                part -> body(part, by, externalId, Optional.of(customer)).withoutPosition());
    }

    private static BreakdownBody body(
            Part<Breakdown> part, List<Label> by, String externalId, Optional<Customer> known) {
        Breakdown breakdown = part.value();
        BreakdownBody body = BreakdownBody.of(part, by, externalId, known);
        breakdown.tooMuch().ifPresent(why -> {
            throw new Refused(Problem.of(
                    Problem.Kind.TOO_MUCH, "In this period " + why + ". Ask for a shorter one, or for fewer labels."));
        });
        if (known.isEmpty() && breakdown.groups().isEmpty()) {
            throw new Refused(UNKNOWN);
        }
        return body;
    }

    private static List<Label> groupBy(Parameters parameters, Map<String, Label> allowed, Faults faults) {
        var labels = new ArrayList<Label>();
        for (String name : parameters.text(GROUP_BY).orElse("model").split(",", -1)) {
            Optional<Label> label = Optional.ofNullable(allowed.get(name));
            if (label.isEmpty() || labels.contains(label.get())) {
                faults.add(GROUP_BY, "must be some of " + String.join(", ", allowed.keySet()) + ", each once");
                return labels;
            }
            labels.add(label.get());
        }
        return labels;
    }
}
