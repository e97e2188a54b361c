package io.tidemark.query.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.query.request.UrlText;
import io.tidemark.query.usage.WaitParser;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.Position;
import io.tidemark.streams.reading.Wait;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads which event is asked about. Its id may be longer than any that is counted: who sent such a one asks as well. */
final class FateParser {
    private static final String EITHER = "customer_id";
    private static final String THEIRS = "external_customer_id";
    private static final List<String> PLACE = List.of("topic", "partition", "offset");
    private static final Set<String> PARAMETERS = parameters();
    private static final Map<String, Source> TOPICS = Map.of("requests", Source.REQUESTS, "usage", Source.USAGE);
    private static final Pattern PARTITION = Pattern.compile("[0-9]{1,6}");
    private static final Pattern OFFSET = Pattern.compile("[0-9]{1,18}");
    private static final int LONGEST = 1_024;

    private FateParser() {}

    private static Set<String> parameters() {
        var names = new HashSet<>(WaitParser.PARAMETERS);
        names.addAll(List.of(EITHER, THEIRS, "source", "position"));
        names.addAll(PLACE);
        return Set.copyOf(names);
    }

    /** Empty exactly when it added a fault. */
    static Optional<FateAsked> parse(String segment, Parameters parameters, Faults faults) {
        parameters.allowOnly(PARAMETERS, faults);
        Optional<String> id = UrlText.ofSegment(segment).filter(FateParser::isShort);
        if (id.filter(text -> !text.isEmpty()).isEmpty()) {
            faults.add("id", "must have 1 to " + LONGEST + " UTF-8 bytes");
        }
        String customer = customer(parameters, faults);
        String source = parameters.text("source").orElse("");
        if (!isShort(source)) {
            faults.add("source", "must have at most " + LONGEST + " UTF-8 bytes");
        }
        Optional<Coordinates> at = at(parameters, faults);
        Wait wait = WaitParser.parse(parameters, faults);
        return faults.all().isEmpty()
                ? Optional.of(new FateAsked(id.orElseThrow(), customer, parameters.has(EITHER), source, at, wait))
                : Optional.empty();
    }

    private static boolean isShort(String text) {
        return text.getBytes(UTF_8).length <= LONGEST;
    }

    private static String customer(Parameters parameters, Faults faults) {
        Optional<String> ours = parameters.text(EITHER);
        Optional<String> theirs = parameters.text(THEIRS);
        if (ours.isPresent() == theirs.isPresent()) {
            faults.add(EITHER, "or " + THEIRS + " is needed, and not both");
        }
        ours.filter(id -> !ExternalId.valid(id)).ifPresent(id -> faults.add(EITHER, ExternalId.COMPLAINT));
        theirs.filter(id -> !ExternalId.valid(id)).ifPresent(id -> faults.add(THEIRS, ExternalId.COMPLAINT));
        return ours.or(() -> theirs).orElse("");
    }

    private static Optional<Coordinates> at(Parameters parameters, Faults faults) {
        boolean place = PLACE.stream().anyMatch(parameters::has);
        if (parameters.has("position")) {
            if (place) {
                faults.add("position", "says what topic, partition and offset say: one of both");
            }
            return position(parameters.text("position").orElse(""), faults);
        }
        return place ? place(parameters, faults) : Optional.empty();
    }

    private static Optional<Coordinates> position(String token, Faults faults) {
        List<Coordinates> parts = Position.parse(token).map(Position::parts).orElse(List.of());
        if (parts.size() != 1
                || !TOPICS.containsValue(parts.get(0).topic())
                || parts.get(0).offset() < 0) {
            faults.add("position", "must be that of the answer to a write of one event");
            return Optional.empty();
        }
        return Optional.of(parts.get(0));
    }

    private static Optional<Coordinates> place(Parameters parameters, Faults faults) {
        PLACE.stream()
                .filter(name -> !parameters.has(name))
                .forEach(name -> faults.add(name, "is needed where a place is named by topic, partition and offset"));
        Source topic = TOPICS.get(parameters.text("topic").orElse("requests"));
        if (topic == null) {
            faults.add("topic", "must be requests or usage");
        }
        Optional<String> partition = number(parameters, "partition", PARTITION, faults);
        Optional<String> offset = number(parameters, "offset", OFFSET, faults);
        return topic == null || partition.isEmpty() || offset.isEmpty()
                ? Optional.empty()
                : Optional.of(new Coordinates(topic, Integer.parseInt(partition.get()), Long.parseLong(offset.get())));
    }

    private static Optional<String> number(Parameters parameters, String name, Pattern form, Faults faults) {
        Optional<String> given = parameters.text(name);
        if (given.isPresent() && !form.matcher(given.get()).matches()) {
            faults.add(name, "must be a number, zero or more");
            return Optional.empty();
        }
        return given;
    }
}
