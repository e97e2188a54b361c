package io.tidemark.dev.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.DevProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README's quickstart, line by line, with the answers it prints; an ellipsis there stands for anything. */
@NullMarked
@Timeout(240)
@Tag("alone")
class ReadmeQuickstartIT {
    private static final Pattern CURL =
            Pattern.compile("curl -H \"(.+?)\" (?:--json '(.+?)' )?\"localhost:8080(.+?)\"");

    @TempDir
    private Path directory;

    /** A command of the README and the lines it is said to print. */
    private record Step(String command, String output) {}

    @Test
    void printsWhatItSays() throws Exception {
        List<Step> steps = steps();
        assertThat(steps).hasSize(6);
        assertThat(steps.get(0).command()).isEqualTo("./tidemark dev");
        try (var dev = DevProcess.start(directory)) {
            assertThat("ready http=" + dev.http() + " kafka=" + dev.kafka() + " registry=" + dev.registry() + " tenant="
                            + dev.tenant() + " key=" + dev.key())
                    .matches(pattern(steps.get(0).output().replaceAll("8080|9092|8081", "…")));
            assertThat(steps.get(1).command()).isEqualTo("KEY=$(cat .tidemark/dev.key)");
            for (Step step : steps.subList(2, steps.size())) {
                if (step.command().startsWith("./tidemark send")) {
                    assertThat(send(step.command())).matches(pattern(step.output()));
                } else {
                    await().atMost(Duration.ofSeconds(5))
                            .untilAsserted(
                                    () -> assertThat(curl(dev, step.command())).matches(pattern(step.output())));
                }
            }
        }
    }

    private static List<Step> steps() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"), UTF_8);
        String quickstart = readme.substring(readme.indexOf("## Try it"), readme.indexOf("## Against your own Kafka"));
        var steps = new ArrayList<Step>();
        Matcher blocks = Pattern.compile("```console\n(.+?)```", Pattern.DOTALL).matcher(quickstart);
        while (blocks.find()) {
            for (String command : blocks.group(1).split("(?m)^\\$ ", -1)) {
                if (!command.isBlank()) {
                    String[] lines = command.split("\n", 2);
                    steps.add(new Step(lines[0], lines.length > 1 ? lines[1].strip() : ""));
                }
            }
        }
        return steps;
    }

    private static String pattern(String output) {
        return Arrays.stream(output.split("…", -1)).map(Pattern::quote).collect(Collectors.joining("[^ ]*?"));
    }

    private String send(String command) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.remove(0);
        arguments.addAll(List.of("--data-dir", directory.toString()));
        Process process = DevProcess.tidemark(arguments, ProcessBuilder.Redirect.INHERIT);
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.strip();
    }

    private static String curl(DevProcess dev, String command) throws Exception {
        Matcher curl = CURL.matcher(command);
        assertThat(curl.matches()).as(command).isTrue();
        assertThat(curl.group(1)).isIn("Authorization: Bearer $KEY", "X-Api-Key: $KEY");
        var api = new Api(dev.http(), dev.key());
        return curl.group(2) == null
                ? api.get(curl.group(3)).body()
                : api.send("POST", curl.group(3), curl.group(2)).body();
    }
}
