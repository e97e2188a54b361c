package io.tidemark.query.logs;

import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.query.usage.WaitParser;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import io.tidemark.streams.requestlog.Label;
import io.tidemark.streams.requestlog.LogQuery.Tag;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the parameters of the request log. A cursor says which requests are gone through; who gives it may repeat the parameters that said so
 * first, and change none.
 */
final class LogsParser {
    /** The first is ours, the others are other spellings; the last cannot be a UUID of ours. */
    private static final List<String> CUSTOMER = List.of("customer_id", "customerId", "external_customer_id");

    private static final String EXTERNAL = "external_customer_id";
    private static final String TAG = "tag";

    /** What says which requests. */
    private static final Set<String> PINNED = pinned();

    private static final Set<String> PARAMETERS = parameters();
    private static final String PINNED_COMPLAINT = "differs from what the cursor continues; leave it out or begin anew";

    private final PeriodParser periods;

    LogsParser(PeriodParser periods) {
        this.periods = periods;
    }

    private static Set<String> pinned() {
        var names = new HashSet<String>(PeriodParser.PARAMETERS);
        names.addAll(CUSTOMER);
        names.addAll(LabelNames.ALL.keySet());
        names.add(TAG);
        return Set.copyOf(names);
    }

    private static Set<String> parameters() {
        var names = new HashSet<String>(PINNED);
        names.addAll(WaitParser.PARAMETERS);
        names.addAll(List.of("cursor", "limit"));
        return Set.copyOf(names);
    }

    /** Empty exactly when it added a fault. */
    Optional<LogsAsked> parse(String tenant, Parameters parameters, Faults faults) {
        parameters.allowOnly(PARAMETERS, faults);
        Optional<LogCursor> cursor = parameters.text("cursor").flatMap(LogCursor::decode);
        if (parameters.has("cursor") && cursor.isEmpty()) {
            faults.add("cursor", "is not the next_cursor of an answer");
        }
        Wait wait = WaitParser.parse(parameters, faults);
        int limit = parameters.limit(faults);
        Map<String, String> said = said(parameters);
        cursor.ifPresent(pinned -> check(said, pinned.spelling(), faults));
        Map<String, String> spelling = cursor.map(LogCursor::spelling).orElse(said);
        Optional<Period> period = cursor.isPresent() ? cursor.get().period() : period(tenant, parameters, faults);
        Optional<CustomerName> customer = customer(spelling, faults);
        Optional<Tag> tag = tag(spelling, faults);
        return faults.all().isEmpty()
                ? Optional.of(new LogsAsked(
                        customer,
                        period,
                        where(spelling),
                        tag,
                        cursor.map(LogCursor::after),
                        limit,
                        cursor.filter(pinned -> wait.after().isEmpty())
                                .map(pinned -> WaitParser.until(pinned.position(), wait.maxStaleness()))
                                .orElse(wait),
                        spelling))
                : Optional.empty();
    }

    private static Map<String, String> said(Parameters parameters) {
        var said = new TreeMap<String, String>();
        PINNED.forEach(name -> parameters.text(name).ifPresent(text -> said.put(name, text)));
        return said;
    }

    private static void check(Map<String, String> said, Map<String, String> pinned, Faults faults) {
        said.forEach((name, text) -> {
            if (!text.equals(pinned.get(name))) {
                faults.add(name, PINNED_COMPLAINT);
            }
        });
    }

    /** Where none is asked for, it is of all that is kept: also of what occurred a little later than now. */
    private Optional<Period> period(String tenant, Parameters parameters, Faults faults) {
        return PeriodParser.PARAMETERS.stream().anyMatch(parameters::has)
                ? periods.parse(tenant, parameters, faults)
                : Optional.empty();
    }

    private static Optional<CustomerName> customer(Map<String, String> said, Faults faults) {
        List<String> given = CUSTOMER.stream().filter(said::containsKey).toList();
        if (given.size() > 1) {
            faults.add(given.get(1), "cannot be combined with " + given.get(0));
        }
        for (String name : given) {
            if (!ExternalId.valid(said.getOrDefault(name, ""))) {
                faults.add(name, ExternalId.COMPLAINT);
            }
        }
        return given.stream()
                .findFirst()
                .map(name -> new CustomerName(said.getOrDefault(name, ""), !name.equals(EXTERNAL)));
    }

    private static Map<Label, String> where(Map<String, String> said) {
        var where = new EnumMap<Label, String>(Label.class);
        LabelNames.ALL.forEach((name, label) -> {
            String text = said.get(name);
            if (text != null) {
                where.put(label, text);
            }
        });
        return where;
    }

    private static Optional<Tag> tag(Map<String, String> said, Faults faults) {
        Optional<String> text = Optional.ofNullable(said.get(TAG));
        Optional<Tag> tag = text.filter(one -> one.indexOf(':') > 0)
                .map(one -> new Tag(one.substring(0, one.indexOf(':')), one.substring(one.indexOf(':') + 1)));
        if (text.isPresent() && tag.isEmpty()) {
            faults.add(TAG, "must be a name and a value with a colon between them, such as team:search");
        }
        return tag;
    }
}
