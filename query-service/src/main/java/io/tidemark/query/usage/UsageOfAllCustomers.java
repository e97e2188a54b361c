package io.tidemark.query.usage;

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
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageReadModel;
import java.util.Optional;

/** The usage of all customers of a tenant, page by page. */
public final class UsageOfAllCustomers implements CallerHandler {
    private static final Problem UNKNOWN = Problem.of(Problem.Kind.NOT_FOUND, "Nothing was ever counted.");

    private final UsageReadModel usage;
    private final ByCustomerParser parser;

    public UsageOfAllCustomers(UsageReadModel usage, PeriodParser periods) {
        this.usage = usage;
        this.parser = new ByCustomerParser(periods);
    }

    @Override
    public void handle(Context context, Caller caller) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        Optional<ByCustomerAsked> understood = parser.parse(caller.tenant(), parameters, faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        ByCustomerAsked asked = understood.orElseThrow();
        var answer = usage.byCustomer(caller.tenant(), asked.period(), asked.query(), asked.waiting());
        Replies.answer(context, answer, UNKNOWN, page -> body(page, asked));
    }

    static UsageByCustomerBody body(UsageByCustomer page, ByCustomerAsked asked) {
        return UsageByCustomerBody.of(page, asked, Cursor.behind(page, asked).map(Cursor::encoded));
    }
}
