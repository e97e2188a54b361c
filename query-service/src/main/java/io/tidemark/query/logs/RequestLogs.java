package io.tidemark.query.logs;

import io.javalin.http.Context;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.Wait;
import io.tidemark.streams.requestlog.LogPage;
import io.tidemark.streams.requestlog.LogQuery;
import io.tidemark.streams.requestlog.PageReader;
import java.util.Optional;

/** Single requests of a tenant or of one customer, the newest first, page by page. */
public final class RequestLogs implements CallerHandler {
    private static final Problem UNKNOWN = Problem.of(Problem.Kind.NOT_FOUND, "Nothing was ever counted.");

    private final Parts parts;
    private final Customers customers;
    private final LogsParser parser;

    public RequestLogs(Parts parts, Customers customers, PeriodParser periods) {
        this.parts = parts;
        this.customers = customers;
        this.parser = new LogsParser(periods);
    }

    @Override
    public void handle(Context context, Caller caller) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        Optional<LogsAsked> understood = parser.parse(caller.tenant(), parameters, faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        LogsAsked asked = understood.orElseThrow();
        // Who is meant may be news too.
        Wait left = asked.customer().isPresent() ? customers.caughtUp(asked.waiting()) : asked.waiting();
        LogQuery query = asked.query(caller.tenant(), customers);
        Replies.answer(
                context, ask(query, left), UNKNOWN, part -> RequestLogBody.of(part, asked, caller.tenant(), customers));
    }

    private Answer<Part<LogPage>> ask(LogQuery query, Wait wait) {
        return query.customer()
                .map(customer -> parts.ofCustomer(PageReader.KIND, query, query.tenant(), customer, wait))
                .orElseGet(() -> parts.ofAll(PageReader.KIND, query, wait));
    }
}
