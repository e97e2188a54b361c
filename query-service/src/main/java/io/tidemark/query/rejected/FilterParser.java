package io.tidemark.query.rejected;

import io.tidemark.query.customers.Customers;
import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.query.usage.WaitParser;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.rejections.RejectionId;
import io.tidemark.streams.rejections.RejectionsAsked;
import io.tidemark.streams.rejections.RejectionsAsked.State;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the parameters by which rejected events are listed. */
final class FilterParser {
    static final String REASONS_COMPLAINT = "must be reasons as answers have them, such as invalid_meter,too_old";
    static final String STATE_COMPLAINT = "must be open, resolved or all";

    private static final List<String> OWN =
            List.of("reason", "customer_id", "external_customer_id", "event_id", "state", "cursor", "limit");
    private static final int LONGEST_EVENT_ID = 255;

    private final PeriodParser periods;
    private final Customers customers;

    FilterParser(PeriodParser periods, Customers customers) {
        this.periods = periods;
        this.customers = customers;
    }

    /** The names of those that this reads, and some others. */
    static Set<String> parameters(String... others) {
        var names = new HashSet<>(OWN);
        names.addAll(PeriodParser.PARAMETERS);
        names.addAll(WaitParser.PARAMETERS);
        names.addAll(List.of(others));
        return names;
    }

    /**
     * What is asked for; meaningless where it added a fault.
     *
     * @param tenant whose; empty: of which nobody knows whose they are
     */
    RejectionsAsked parse(String tenant, Parameters parameters, Faults faults) {
        Optional<Period> period = period(tenant, parameters, faults);
        Optional<RejectionId> after = parameters.text("cursor").flatMap(RejectionId::parse);
        if (parameters.has("cursor") && after.isEmpty()) {
            faults.add("cursor", "is not the next_cursor of an answer");
        }
        return new RejectionsAsked(
                tenant,
                period.map(one -> one.from().toEpochMilli()).orElse(Long.MIN_VALUE),
                period.map(one -> one.to().toEpochMilli()).orElse(Long.MAX_VALUE),
                after,
                reasons(parameters, faults),
                customer(tenant, parameters, faults),
                eventId(parameters, faults),
                state(parameters, faults),
                parameters.limit(faults));
    }

    /** None where nothing is said of time: all that is kept. */
    private Optional<Period> period(String tenant, Parameters parameters, Faults faults) {
        return PeriodParser.PARAMETERS.stream().anyMatch(parameters::has)
                ? periods.parse(tenant, parameters, faults)
                : Optional.empty();
    }

    private static Set<Reason> reasons(Parameters parameters, Faults faults) {
        if (!parameters.has("reason")) {
            return Set.of();
        }
        Optional<Set<Reason>> reasons = parameters.text("reason").flatMap(FilterParser::reasons);
        if (reasons.isEmpty()) {
            faults.add("reason", REASONS_COMPLAINT);
        }
        return reasons.orElse(Set.of());
    }

    /** Those that a text names, with commas between them; empty where one of them is none. */
    static Optional<Set<Reason>> reasons(String text) {
        var reasons = EnumSet.noneOf(Reason.class);
        for (String label : text.split(",", -1)) {
            Optional<Reason> reason = Arrays.stream(Reason.values())
                    .filter(one -> one.label().equals(label.strip()))
                    .findFirst();
            if (reason.isEmpty()) {
                return Optional.empty();
            }
            reasons.add(reason.get());
        }
        return Optional.of(reasons);
    }

    private Optional<String> customer(String tenant, Parameters parameters, Faults faults) {
        Optional<String> external = parameters.text("external_customer_id");
        Optional<String> ours = parameters.text("customer_id");
        if (external.isPresent() && ours.isPresent()) {
            faults.add("customer_id", "cannot be combined with external_customer_id");
        } else if (external.isPresent() && !ExternalId.valid(external.get())) {
            faults.add("external_customer_id", ExternalId.COMPLAINT);
        } else if (ours.isPresent() && !Customers.isUuid(ours.get())) {
            faults.add("customer_id", "must be a UUID of ours; your own id goes into external_customer_id");
        } else if (ours.isPresent()) {
            return Optional.of(customers.externalIdOf(tenant, ours.get()));
        }
        return external;
    }

    private static Optional<String> eventId(Parameters parameters, Faults faults) {
        Optional<String> id = parameters.text("event_id");
        if (id.filter(text -> text.isEmpty() || text.length() > LONGEST_EVENT_ID)
                .isPresent()) {
            faults.add("event_id", "must have 1 to " + LONGEST_EVENT_ID + " characters");
        }
        return id;
    }

    private static State state(Parameters parameters, Faults faults) {
        Optional<State> state = state(parameters.text("state").orElse("all"));
        if (state.isEmpty()) {
            faults.add("state", STATE_COMPLAINT);
        }
        return state.orElse(State.ALL);
    }

    static Optional<State> state(String text) {
        return Arrays.stream(State.values())
                .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }
}
