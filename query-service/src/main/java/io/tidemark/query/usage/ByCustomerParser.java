package io.tidemark.query.usage;

import io.tidemark.query.http.Form;
import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the parameters of by-customer usage. */
final class ByCustomerParser {
    static final String INCLUDE_INACTIVE = "include_inactive";
    private static final String ROWS_ONLY = "rows_only";

    private static final Set<String> PARAMETERS = Known.with(
            "sort_by", "sort_dir", "meter", "currency", INCLUDE_INACTIVE, "limit", "cursor", ROWS_ONLY, Form.PARAMETER);
    static final Pattern METER = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
    static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final PeriodParser periods;

    ByCustomerParser(PeriodParser periods) {
        this.periods = periods;
    }

    /** Empty exactly when it added a fault. */
    Optional<ByCustomerAsked> parse(String tenant, Parameters parameters, Faults faults) {
        parameters.allowOnly(PARAMETERS, faults);
        Optional<Period> period = periods.parse(tenant, parameters, faults);
        Wait wait = WaitParser.parse(parameters, faults);
        ByCustomerQuery query = query(parameters, faults);
        Optional<Cursor> cursor = parameters.text("cursor").flatMap(Cursor::decode);
        if (parameters.has("cursor") && cursor.isEmpty()) {
            faults.add("cursor", "is not the next_cursor of an answer");
        }
        if (cursor.isPresent()) {
            new Pins(cursor.get(), parameters, faults).check(period, query);
            checkQuantity(continued(cursor.get(), query.limit()), faults);
        } else {
            checkQuantity(query, faults);
        }
        boolean rowsOnly = parameters.flag(ROWS_ONLY, faults);
        if (rowsOnly) {
            checkOrder(cursor.map(pinned -> continued(pinned, query.limit())).orElse(query), faults);
        }
        return faults.all().isEmpty()
                ? period.map(asked -> asked(tenant, asked, query, wait, cursor, parameters))
                        .map(asked -> rowsOnly ? asked.withoutTotals() : asked)
                : Optional.empty();
    }

    private ByCustomerAsked asked(
            String tenant,
            Period period,
            ByCustomerQuery query,
            Wait wait,
            Optional<Cursor> cursor,
            Parameters parameters) {
        return cursor.map(pinned -> new ByCustomerAsked(
                        pinned.period(),
                        periods.zone(tenant, Parameters.of(pinned.spelling())),
                        continued(pinned, query.limit()),
                        wait.after().isPresent() ? wait : WaitParser.until(pinned.position(), wait.maxStaleness()),
                        pinned.spelling()))
                .orElseGet(() -> new ByCustomerAsked(
                        period, periods.zone(tenant, parameters), query, wait, spelling(parameters)));
    }

    private static ByCustomerQuery continued(Cursor cursor, int limit) {
        return new ByCustomerQuery(
                Optional.of(cursor.sortBy()),
                cursor.descending(),
                cursor.meter(),
                cursor.currency(),
                cursor.includeInactive(),
                limit,
                Optional.of(cursor.after()));
    }

    private static Map<String, String> spelling(Parameters parameters) {
        var spelling = new HashMap<String, String>();
        PeriodParser.PARAMETERS.forEach(name -> parameters.text(name).ifPresent(text -> spelling.put(name, text)));
        return spelling;
    }

    private static ByCustomerQuery query(Parameters parameters, Faults faults) {
        Optional<SortBy> sortBy = parameters.text("sort_by").flatMap(SortNames::parse);
        if (parameters.has("sort_by") && sortBy.isEmpty()) {
            faults.add("sort_by", "must be cost, credits, requests, quantity or external_id");
        }
        return new ByCustomerQuery(
                sortBy,
                descending(parameters, sortBy, faults),
                matching("meter", METER, "must have 1 to 64 letters, digits or _.:-", parameters, faults),
                matching("currency", CURRENCY, "must be an ISO 4217 code such as USD", parameters, faults),
                includeInactive(parameters, faults),
                parameters.limit(faults),
                Optional.empty());
    }

    static boolean includeInactive(Parameters parameters, Faults faults) {
        return parameters.flag(INCLUDE_INACTIVE, faults);
    }

    private static boolean descending(Parameters parameters, Optional<SortBy> sortBy, Faults faults) {
        String direction = parameters.text("sort_dir").orElse("");
        if (parameters.has("sort_dir") && !Set.of("asc", "desc").contains(direction)) {
            faults.add("sort_dir", "must be asc or desc");
        }
        boolean byName = sortBy.filter(SortBy.EXTERNAL_ID::equals).isPresent();
        return parameters.has("sort_dir") ? direction.equals("desc") : !byName;
    }

    private static Optional<String> matching(
            String name, Pattern shape, String complaint, Parameters parameters, Faults faults) {
        Optional<String> text = parameters.text(name);
        if (text.isPresent() && !shape.matcher(text.get()).matches()) {
            faults.add(name, complaint);
        }
        return text;
    }

    private static void checkOrder(ByCustomerQuery query, Faults faults) {
        if (query.descending() || !query.sortBy().equals(Optional.of(SortBy.EXTERNAL_ID))) {
            faults.add(ROWS_ONLY, "is for sort_by=external_id, ascending: any other order needs all that there is");
        }
    }

    private static void checkQuantity(ByCustomerQuery query, Faults faults) {
        boolean byQuantity = query.sortBy().filter(SortBy.QUANTITY::equals).isPresent();
        if (byQuantity && query.meter().isEmpty()) {
            faults.add("meter", "is needed to sort by quantity: meters have different units");
        }
    }
}
