package io.tidemark.query.rejected;

import io.javalin.http.Context;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.RawPath;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.query.request.UrlText;
import io.tidemark.query.usage.WaitParser;
import io.tidemark.streams.access.Tenant;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import io.tidemark.streams.rejections.CountRejections;
import io.tidemark.streams.rejections.ListRejections;
import io.tidemark.streams.rejections.OneRejection;
import io.tidemark.streams.rejections.Rejection;
import io.tidemark.streams.rejections.RejectionId;
import io.tidemark.streams.rejections.RejectionsAsked;
import io.tidemark.streams.rejections.RejectionsFound;
import io.tidemark.streams.replaying.Replays;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** {@code /rejected-events}, to be read; for a tenant's keys, and below {@code /admin} for operators, who say whose. */
public final class RejectedCalls {
    public static final String ADMIN_PATH = "/admin/rejected-events";

    private static final Problem UNKNOWN = Problem.of(Problem.Kind.NOT_FOUND, "There is no such rejected event.");
    private static final String NO_TENANT = "must be of the form " + Tenant.FORM;
    private static final long DAY = Duration.ofDays(1).toSeconds();

    private final Parts parts;
    private final Replays replays;
    private final PeriodParser periods;
    private final FilterParser filters;

    public RejectedCalls(Parts parts, Replays replays, PeriodParser periods, Customers customers) {
        this.parts = parts;
        this.replays = replays;
        this.periods = periods;
        this.filters = new FilterParser(periods, customers);
    }

    public void list(Context context, Caller caller) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        parameters.allowOnly(FilterParser.parameters(), faults);
        list(context, caller, caller.tenant(), parameters, faults);
    }

    /** Of a tenant that is named, or those that nobody knows whose they are. */
    public void listForOperator(Context context, Caller caller) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        parameters.allowOnly(FilterParser.parameters("tenant"), faults);
        list(context, caller, tenant(parameters, faults), parameters, faults);
    }

    private void list(Context context, Caller caller, String tenant, Parameters parameters, Faults faults) {
        RejectionsAsked asked = filters.parse(tenant, parameters, faults);
        Wait wait = WaitParser.parse(parameters, faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        Replies.answer(context, found(asked, wait), UNKNOWN, page -> RejectedPage.of(page, asked.state()));
    }

    private Answer<Part<RejectionsFound>> found(RejectionsAsked asked, Wait wait) {
        return asked.customer()
                .map(one -> parts.ofCustomer(ListRejections.KIND, asked, asked.tenant(), one, wait))
                .orElseGet(() -> parts.ofAll(ListRejections.KIND, asked, wait));
    }

    public void counts(Context context, Caller caller) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        var known = new HashSet<>(PeriodParser.PARAMETERS);
        known.addAll(WaitParser.PARAMETERS);
        parameters.allowOnly(known, faults);
        Optional<Period> period = periods.parse(caller.tenant(), parameters, faults);
        Wait wait = WaitParser.parse(parameters, faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        int from = Math.toIntExact(Math.floorDiv(period.orElseThrow().from().getEpochSecond(), DAY));
        int to = Math.toIntExact(-Math.floorDiv(-period.get().to().getEpochSecond(), DAY));
        var whole = new CountsBody.Span(Instant.ofEpochSecond(from * DAY), Instant.ofEpochSecond(to * DAY));
        var asked = new CountRejections.Asked(caller.tenant(), Math.max(0, from), Math.max(0, to));
        Replies.answer(
                context,
                parts.ofAll(CountRejections.KIND, asked, wait),
                UNKNOWN,
                counted -> CountsBody.of(counted, whole));
    }

    public void show(Context context, Caller caller) throws InterruptedException {
        var faults = new Faults();
        Parameters.of(context.queryString(), faults).allowOnly(Set.of(), faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        show(context, caller.tenant());
    }

    private void show(Context context, String tenant) throws InterruptedException {
        RejectionId id = UrlText.ofSegment(RawPath.segment(context, "id"))
                .flatMap(RejectionId::parse)
                .orElseThrow(() -> new Refused(UNKNOWN));
        var answer = parts.ofAll(OneRejection.KIND, new OneRejection.Asked(tenant, id), Wait.NOT);
        Answer<Rejection> one = answer.fold(new Answer.Cases<Part<OneRejection.Found>, Answer<Rejection>>(
                RejectedCalls::known, Answer.NotFound::new, Answer.NotReady::new, Answer.Unclear::new));
        if (one instanceof Answer.Found<Rejection> found) {
            Rejection rejection = found.value();
            OriginalBody original = OriginalBody.of(replays, replays.original(rejection.id()));
            Replies.ok(context, RejectedBody.of(rejection, Optional.of(original)));
        } else {
            Replies.answer(context, one, UNKNOWN, RejectedBody::of);
        }
    }

    /** Where a partition could not be asked, it may be there. */
    private static Answer<Rejection> known(Part<OneRejection.Found> part) {
        return part.value()
                .whole()
                .<Answer<Rejection>>map(Answer.Found::new)
                .orElseGet(() -> part.freshness().complete()
                        ? new Answer.NotFound<>()
                        : new Answer.NotReady<>(Answer.Reason.MOVING, "not every partition can be asked now"));
    }

    /** Empty where none is named. */
    private static String tenant(Parameters parameters, Faults faults) {
        String tenant = parameters.text("tenant").orElse("");
        if (parameters.has("tenant") && !Tenant.isName(tenant)) {
            faults.add("tenant", NO_TENANT);
            return "";
        }
        return tenant;
    }
}
