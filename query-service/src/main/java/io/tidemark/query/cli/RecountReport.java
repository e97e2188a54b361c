package io.tidemark.query.cli;

import io.tidemark.query.http.Json;
import io.tidemark.streams.recount.RecountOutcome;
import io.tidemark.streams.recount.RecountOutcome.Difference;
import io.tidemark.streams.recount.RecountQuestion;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Says what came of a recount: to people in lines with tabs and sentences, to machines in lines of JSON. */
record RecountReport(CommandLine line, boolean json, int most) {

    void complain(String sentence) {
        line.getErr().println("error: " + sentence);
        line.getErr().flush();
    }

    void print(RecountQuestion question, RecountOutcome outcome, Duration took) {
        PrintWriter out = line.getOut();
        outcome.differences().stream()
                .limit(most)
                .forEach(each -> out.println(json ? Json.write(fields(each)) : text(each)));
        if (json) {
            out.println(Json.write(summary(question, outcome, took)));
        } else {
            sentences(question, outcome, took, out);
        }
        out.flush();
    }

    private static String text(Difference each) {
        return String.join(
                "\t",
                each.customer(),
                each.slot().toString(),
                each.page().label(),
                each.kind().label() + "/" + each.meter() + (each.currency().isEmpty() ? "" : "/" + each.currency())
                        + "." + each.amount(),
                "recounted " + Json.plain(each.recounted()),
                "served " + Json.plain(each.served()));
    }

    private static Map<String, Object> fields(Difference each) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("customer", each.customer());
        fields.put("slot", each.slot());
        fields.put("page", each.page().label());
        fields.put("kind", each.kind().label());
        fields.put("meter", each.meter());
        fields.put("currency", each.currency());
        fields.put("amount", each.amount());
        fields.put("recounted", each.recounted());
        fields.put("served", each.served());
        return fields;
    }

    private void sentences(RecountQuestion question, RecountOutcome outcome, Duration took, PrintWriter out) {
        RecountOutcome.Events events = outcome.events();
        out.println(question.tenant() + question.customer().map(id -> " " + id).orElse("") + ", " + outcome.from()
                + " to " + outcome.to() + ", in " + took.toSeconds() + " s");
        out.println("read " + events.read() + " records: " + events.counted() + " counted, " + events.outside()
                + " in other minutes, " + events.duplicates() + " duplicates, " + events.conflicts() + " conflicts, "
                + events.rejected().values().stream().mapToLong(count -> count).sum() + " rejected, "
                + events.ofOthers() + " of others");
        out.println("compared "
                + outcome.compared().entrySet().stream()
                        .map(pages -> pages.getValue() + " " + pages.getKey().label())
                        .collect(Collectors.joining(", "))
                + " pages");
        if (outcome.disputed() > 0) {
            out.println(
                    outcome.disputed() + " ids came with different content or times where the log does not say which"
                            + " was first: either was taken for right");
        }
        if (outcome.erased() > 0) {
            out.println(outcome.erased() + " erased customers: their usage is all there, under their pseudonyms");
        }
        outcome.doubts().forEach(doubt -> out.println("cannot tell: " + doubt));
        out.println(verdict(outcome));
    }

    private String verdict(RecountOutcome outcome) {
        int found = outcome.differences().size();
        if (found > 0) {
            return "DIFFERENT: " + found + " numbers" + (found > most ? ", of which " + most + " are above" : "");
        }
        return outcome.doubts().isEmpty() ? "equal" : "equal, as far as could be told";
    }

    private static Map<String, Object> summary(RecountQuestion question, RecountOutcome outcome, Duration took) {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("equal", outcome.equal());
        summary.put("tenant", question.tenant());
        question.customer().ifPresent(id -> summary.put("customer", id));
        summary.put("from", outcome.from());
        summary.put("to", outcome.to());
        summary.put("events", outcome.events());
        var pages = new LinkedHashMap<String, Long>();
        outcome.compared().forEach((length, count) -> pages.put(length.label(), count));
        summary.put("pages", pages);
        summary.put("disputed", outcome.disputed());
        summary.put("erased", outcome.erased());
        summary.put("differences", outcome.differences().size());
        summary.put("doubts", outcome.doubts());
        summary.put("milliseconds", took.toMillis());
        return summary;
    }
}
