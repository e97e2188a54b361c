package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an instance says of an event, in sentences: what happened, how that is known, what can be done. */
final class FateInWords {
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("not_handled_yet", "Its partition has not been read that far. Ask again in a moment."),
            Map.entry(
                    "on_its_way",
                    "It was appended to a partition other than its customer's, and is on its way there. Ask again in a moment."),
            Map.entry(
                    "never_seen",
                    "No event of that id, customer and source was counted or refused. Was it sent, under that source, and acknowledged?"),
            Map.entry(
                    "may_be_parked",
                    "Events of this customer wait for their schema, and what their ids are cannot be read: it may be one of"
                            + " them. They are counted by themselves as soon as the registry says what their schema is."),
            Map.entry(
                    "older_than_ids_are_kept",
                    "It was appended before the time for which ids are kept. Whether it was counted, only a recount can say."),
            Map.entry("nothing_there", "No record lies at that place."),
            Map.entry(
                    "another_event",
                    "What lies at that place is not this event. Are the id, the customer and the source right?"),
            Map.entry("record_gone", "Retention has deleted what lay at that place."),
            Map.entry(
                    "schema_away",
                    "The schema that it was written with cannot be looked up now: is the registry there? Ask again when it is."),
            Map.entry(
                    "customer_erased", "The customer was erased: which events were its own, nobody can say any more."));

    private final JsonNode answer;
    private final String event;
    private final List<String> lines = new ArrayList<>();

    private FateInWords(JsonNode answer) {
        this.answer = answer;
        String source = answer.path("source").asText("");
        event = "Event " + clean(answer.path("id").asText()) + " of "
                + clean(answer.at("/customer/external_id").asText())
                + (answer.path("source").isTextual() ? ", source " + clean(source) + "," : "");
    }

    static List<String> of(JsonNode answer) {
        var words = new FateInWords(answer);
        words.say();
        return words.lines;
    }

    private void say() {
        switch (answer.path("fate").asText()) {
            case "counted" -> counted();
            case "duplicate" -> duplicate();
            case "conflict" -> conflict();
            case "rejected" -> rejected();
            case "parked" -> parked();
            case "pending" -> unsettled("is not counted yet.");
            default -> unsettled("is not known to be counted.");
        }
        record();
        if (!answer.path("complete").asBoolean(true)) {
            lines.add("Not all partitions could be asked: " + answer.path("missing_partitions") + ".");
        }
        lines.add("As of " + answer.path("as_of").asText() + ".");
    }

    private void counted() {
        lines.add(event + " is counted.");
        sums(answer.path("counted"));
        if (!answer.path("rejections").isEmpty()) {
            lines.add("Other records of the same id were refused:");
            refusals();
        }
    }

    private void duplicate() {
        lines.add(event + " is counted, but not out of this record: it is a duplicate.");
        sums(answer.path("first_sight"));
        differences();
        lines.add("There is nothing to do: an event counts once, however often it is sent.");
    }

    private void conflict() {
        lines.add(event + " is not counted as it is here: another content was counted under the same id.");
        if (answer.path("first_sight").isObject()) {
            sums(answer.path("first_sight"));
        }
        differences();
        lines.add(
                "If both happened, send this one again under an id of its own. If this one is right, send what is missing"
                        + " (or too much, with a minus) as an event of its own.");
    }

    private void rejected() {
        lines.add(event + " is not counted: it was rejected.");
        refusals();
        if (answer.path("judged_again").asBoolean()) {
            lines.add("That is what the rules find now; what they found then is not known any more.");
        }
        lines.add(
                "Correct it and send it again with the same id: it then counts, and once. It lies in rejected-events as it came.");
    }

    private void parked() {
        lines.add(event + " waits: the registry could not say yet which schema it was written with.");
        lines.add("It is counted by itself as soon as the registry does. Is the registry there?");
    }

    private void unsettled(String what) {
        lines.add(event + " " + what);
        lines.add(REASONS.getOrDefault(answer.path("reason").asText(), "Why, is not said."));
        if (answer.path("fate").asText().equals("unknown")) {
            lines.add("Ids are known of what was appended since "
                    + answer.path("ids_known_since").asText() + ".");
        }
    }

    private void sums(JsonNode counted) {
        String place = place(counted);
        if (!counted.has("minute")) {
            lines.add("  It was counted out of " + place + ", which is not shown: " + missing() + ".");
            return;
        }
        lines.add("  Out of " + place + ", appended at "
                + counted.path("appended_at").asText()
                + (counted.path("late").asBoolean() ? ", more than an hour after it occurred" : "") + ".");
        lines.add("  In the minute " + counted.path("minute").asText() + " of the meter "
                + clean(counted.path("meter").asText()) + ":" + amounts(counted) + ".");
    }

    private String missing() {
        return answer.at("/record/missing").asText("it cannot be read").replace('_', ' ');
    }

    private static String amounts(JsonNode counted) {
        var amounts = new StringBuilder(" one event");
        for (String name : List.of("quantity", "input_tokens", "output_tokens", "credits")) {
            if (counted.has(name)) {
                amounts.append(", ")
                        .append(name.replace('_', ' '))
                        .append(' ')
                        .append(counted.path(name).asText());
            }
        }
        counted.path("cost")
                .forEach(cost -> amounts.append(", cost ")
                        .append(cost.path("amount").asText())
                        .append(' ')
                        .append(cost.path("currency").asText()));
        return amounts.toString();
    }

    private void differences() {
        answer.path("differences")
                .forEach(difference ->
                        lines.add("  " + clean(difference.path("field").asText()) + ": counted "
                                + clean(difference.path("first").toString()) + ", here "
                                + clean(difference.path("this").toString())));
    }

    private void refusals() {
        answer.path("rejections").forEach(refusal -> {
            lines.add("  " + place(refusal) + ", appended at "
                    + refusal.path("arrived_at").asText() + ":");
            refusal.path("faults")
                    .forEach(fault -> lines.add("    " + fault.path("reason").asText() + ": "
                            + clean(fault.path("detail").asText())));
        });
    }

    private void record() {
        JsonNode record = answer.path("record");
        if (!record.isObject() || record.path("missing").isTextual()) {
            return;
        }
        lines.add("The record, " + place(record) + ":");
        if (record.path("unreadable").isTextual()) {
            lines.add("  " + clean(record.path("unreadable").asText()));
        }
        record.path("fields").properties().stream()
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> lines.add("  " + clean(field.getKey()) + ": " + said(field.getValue())));
    }

    private static String said(JsonNode value) {
        return clean(value.isTextual() ? value.asText() : value.toString());
    }

    private static String place(JsonNode at) {
        return at.path("topic").asText() + "/" + at.path("partition").asText() + "/"
                + at.path("offset").asText();
    }

    /** Whoever sent an event may have put anything into it, and this goes to a terminal. */
    private static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}]", "?");
    }
}
