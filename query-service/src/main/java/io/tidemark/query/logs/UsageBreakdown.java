package io.tidemark.query.logs;

import io.javalin.http.Context;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.RawPath;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The usage of one customer by model, provider, and whatever else its requests are labelled with. */
public final class UsageBreakdown {
    private static final Set<String> PARAMETERS = parameters();
    private static final String GROUP_BY = "group_by";
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

    private static Set<String> parameters() {
        var names = new HashSet<String>(PeriodParser.PARAMETERS);
        names.addAll(WaitParser.PARAMETERS);
        names.add("group_by");
        return Set.copyOf(names);
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
        List<Label> by = groupBy(parameters, faults);
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

    private static List<Label> groupBy(Parameters parameters, Faults faults) {
        var labels = new ArrayList<Label>();
        for (String name : parameters.text(GROUP_BY).orElse("model").split(",", -1)) {
            Optional<Label> label = LabelNames.parse(name);
            if (label.isEmpty() || labels.contains(label.get())) {
                faults.add(GROUP_BY, "must be some of " + String.join(", ", LabelNames.ALL.keySet()) + ", each once");
                return labels;
            }
            labels.add(label.get());
        }
        return labels;
    }
}
