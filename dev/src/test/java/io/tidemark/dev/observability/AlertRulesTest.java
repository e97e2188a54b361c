package io.tidemark.dev.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
    private static final Path MANUAL = Path.of("..", "docs", "operations.md");

    @Test
    void eachSaysHowBadItIsAndWhatToDo() throws IOException {
        List<String> anchors = anchors();
        for (Map<String, Object> alert : Watched.alerts()) {
            assertThat(map(alert, "labels"))
                    .as("%s", alert)
                    .hasEntrySatisfying("severity", how -> assertThat(how).isIn("critical", "warning"));
            Map<String, Object> texts = map(alert, "annotations");
            assertThat(texts.keySet()).containsExactlyInAnyOrder("summary", "description", "runbook");
            assertThat(texts.values()).allMatch(text -> !String.valueOf(text).isBlank());
            String[] runbook = String.valueOf(texts.get("runbook")).split("#", 2);
            assertThat(runbook[0]).isEqualTo("docs/operations.md");
            assertThat(anchors).contains(runbook[1]);
        }
    }

    @Test
    void areAllInTheManualAndNoOthersAre() throws IOException {
        List<String> names = Watched.alerts().stream()
                .map(alert -> String.valueOf(alert.get("alert")))
                .toList();
        assertThat(names).doesNotHaveDuplicates();
        Set<String> explained = Pattern.compile("`(Tidemark[A-Za-z]+)`")
                .matcher(Files.readString(MANUAL))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(explained).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void areEachSeenToFireByTheirOwnTests() throws IOException {
        String tests = Files.readString(ownTests());
        assertThat(Watched.alerts())
                .allSatisfy(alert -> assertThat(tests).contains("alertname=\"" + alert.get("alert") + "\""));
    }

    @Test
    void fireWhenTheyShould() throws Exception {
        Optional<Path> promtool = promtool();
        assumeTrue(promtool.isPresent(), "promtool is not installed (it comes with Prometheus)");
        Path output = Files.createTempFile("promtool", ".txt");
        int code = new ProcessBuilder(
                        promtool.get().toString(), "test", "rules", ownTests().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertThat(code).as(Files.readString(output, StandardCharsets.UTF_8)).isZero();
        Files.delete(output);
    }

    private static Path ownTests() {
        return Watched.RULES.resolveSibling("tidemark-alerts.test.yml");
    }

    private static Optional<Path> promtool() {
        return Arrays.stream(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .map(directory -> Path.of(directory, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors() throws IOException {
        return Files.readString(MANUAL)
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> alert, String key) {
        return (Map<String, Object>) alert.getOrDefault(key, Map.of());
    }
}
