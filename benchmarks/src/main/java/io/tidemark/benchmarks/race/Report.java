package io.tidemark.benchmarks.race;

import io.tidemark.benchmarks.measuring.Figures;
import io.tidemark.benchmarks.measuring.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What came of a race, for people ({@code report.md}) and for programs ({@code report.json}). */
final class Report {
    private final Plan plan;
    private final Machine machine;
    private final List<Outcome> outcomes;

    Report(Plan plan, Machine machine, List<Outcome> outcomes) {
        this.plan = plan;
        this.machine = machine;
        this.outcomes = outcomes;
    }

    /** Returns where it is. */
    Path write() throws IOException {
        Json.write(plan.results().resolve("report.json"), Map.of("machine", machine, "outcomes", outcomes));
        return Files.write(plan.results().resolve("report.md"), lines());
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%s, commit %s, %d cores of %s, %,d MB, %s. Load %.1f when it began, %.1f when it ended.",
                machine.at(),
                machine.commit(),
                machine.cores(),
                machine.processor(),
                machine.memoryMegabytes(),
                machine.java(),
                machine.load(),
                Machine.loadNow()));
        for (Map.Entry<String, List<Outcome>> leg : legs().entrySet()) {
            lines.add("");
            lines.add(title(leg.getKey(), leg.getValue()));
            lines.add("");
            addFigures(leg.getValue(), lines);
            lines.add("");
            addRatios(leg.getValue(), lines);
        }
        outcomes.stream().filter(one -> !one.isRight()).forEach(wrong -> lines.add("\n**" + wrong.oneLine() + "**"));
        return lines;
    }

    private Map<String, List<Outcome>> legs() {
        return outcomes.stream()
                .collect(Collectors.groupingBy(
                        one -> one.course().mix() + ", " + one.fetch().name().toLowerCase(Locale.ROOT),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private String title(String leg, List<Outcome> of) {
        var course = of.get(0).course();
        return String.format(
                Locale.ROOT,
                "**%s**: %,d events of %.0f bytes, %,d of them repeats; %d rounds, commit every %d ms. Median [least–largest]; for each event:",
                leg,
                course.events(),
                course.bytes(),
                course.expected().duplicates(),
                of.stream().mapToInt(Outcome::round).max().orElse(0),
                plan.commitMillis());
    }

    private void addFigures(List<Outcome> leg, List<String> lines) {
        lines.add(
                "| | events/s | CPU, us | its second half | server's CPU, us | allocated, B | logged, B | stored, B | resident, MB |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        for (Contestant who : plan.contestants()) {
            lines.add("| " + who + ": " + who.description()
                    + " | " + spread(leg, who, Figures::perSecond).thousands()
                    + " | " + spread(leg, who, Figures::cpuMicros).text(1)
                    + " | " + spread(leg, who, Figures::warmCpuMicros).text(1)
                    + " | " + spread(leg, who, Figures::serverCpuMicros).text(1)
                    + " | " + spread(leg, who, Figures::allocated).text(0)
                    + " | " + spread(leg, who, Figures::logged).text(0)
                    + " | " + spread(leg, who, Figures::stored).text(0)
                    + " | " + spread(leg, who, Figures::residentMegabytes).text(0) + " |");
        }
    }

    private static Spread spread(List<Outcome> leg, Contestant who, ToDoubleFunction<Figures> figure) {
        return Spread.of(leg.stream()
                .filter(one -> one.contestant() == who)
                .map(Outcome::figures)
                .mapToDouble(figure));
    }

    private void addRatios(List<Outcome> leg, List<String> lines) {
        if (!plan.contestants().contains(Contestant.T)) {
            return;
        }
        lines.add(plan.contestants().stream()
                .filter(other -> other != Contestant.T)
                .map(other -> "T / " + other + " " + Ratios.of(leg, other).text(2))
                .collect(Collectors.joining("; ", "Events a second, within a round: ", ".")));
    }
}
