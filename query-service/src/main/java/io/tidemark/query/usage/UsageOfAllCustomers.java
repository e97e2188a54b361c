package io.tidemark.query.usage;

import io.javalin.http.Context;
import io.tidemark.query.csv.CsvWriter;
import io.tidemark.query.http.CsvFile;
import io.tidemark.query.http.Exchange;
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
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageReadModel;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
        Form form = Form.wanted(context, parameters, faults);
        understood.ifPresent(one -> checkColumns(one, form, faults));
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        ByCustomerAsked asked = understood.orElseThrow();
        var answer = usage.byCustomer(caller.tenant(), asked.period(), asked.query(), asked.waiting());
        Replies.answer(
                context,
                answer,
                UNKNOWN,
                form,
                page -> body(page, asked),
                page -> file(page, asked, next -> following(context, parameters, next)));
    }

    private static void checkColumns(ByCustomerAsked asked, Form form, Faults faults) {
        if (form == Form.CSV
                && asked.query().rowsOnly()
                && asked.query().currency().isEmpty()) {
            faults.add(
                    Form.PARAMETER,
                    "csv has a column for each currency of the totals, which rows_only leaves out: name one with currency");
        }
    }

    private static String following(Context context, Parameters parameters, String cursor) {
        return Exchange.of(context).outside(context.path()) + "?cursor=" + cursor + parameters.without("cursor");
    }

    private static CsvFile file(UsageByCustomer page, ByCustomerAsked asked, UnaryOperator<String> following) {
        UsageByCustomerBody body = body(page, asked);
        var table = ByCustomerTable.of(
                body.totals() == null ? List.of() : body.totals().cost(),
                asked.query().currency(),
                asked.zone(),
                asked.query().meter().isPresent(),
                page.sortedBy() != SortBy.EXTERNAL_ID);
        return new CsvFile(
                FileName.of("usage-by-customer", body.period(), asked.zone()),
                CsvWriter.write(
                        table.header(),
                        body.data().stream()
                                .map(row -> table.cells(row, body.period()))
                                .toList()),
                page.freshness(),
                Optional.ofNullable(body.meta().nextCursor()).map(following));
    }

    static UsageByCustomerBody body(UsageByCustomer page, ByCustomerAsked asked) {
        return UsageByCustomerBody.of(page, asked, Cursor.behind(page, asked).map(Cursor::encoded));
    }
}
