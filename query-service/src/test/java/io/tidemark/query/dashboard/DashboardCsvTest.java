package io.tidemark.query.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.query.csv.CsvWriter;
import io.tidemark.query.http.Resource;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard's files say of each text what the API's do. Needs Node; where {@code CI} is set it must be there. */
@NullMarked
class DashboardCsvTest {
    private static final List<String> TEXTS = List.of(
            "=1+1",
            "+1",
            "-1",
            "-1.5",
            "-",
            "@x",
            "\t=1",
            "\r=1",
            "\n=1",
            "\uff1d1",
            "\uff0b1",
            "\uff0d1",
            "\uff20x",
            "'",
            "a=1",
            "Zoë",
            "\ud83d\ude00",
            "say \"hi\", you",
            "two\r\nlines",
            " =1",
            "1-2",
            "");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void guardsTextsAsTheApiDoesAndNumbersNever() throws Exception {
        assertThat(cells(run("csv(['h'], texts.map(text => ['x', text]))")))
                .isEqualTo(cells(CsvWriter.write(
                        List.of("h"),
                        TEXTS.stream().map(text -> List.of("x", text)).toList())));
        assertThat(run("csv(['h'], [[-1.5, exact('-0.000000001'), exact(null), null, undefined, exact('+1')]])"))
                .isEqualTo("h\r\n-1.5,-0.000000001,,,,+1\r\n");
    }

    /** Zones that are ahead, behind and by minutes, on both sides of a change of clocks. */
    @Test
    void writesTimesAsTheApiDoes() throws Exception {
        for (String zone :
                List.of("Europe/Berlin", "UTC", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe")) {
            for (String at : List.of("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-03-29T01:00:00Z")) {
                assertThat(run("withOffset('" + at + "', '" + zone + "')"))
                        .isEqualTo(ISO_OFFSET_DATE_TIME.format(Instant.parse(at).atZone(ZoneId.of(zone))));
            }
        }
    }

    private static List<List<String>> cells(String text) throws IOException {
        try (var parser = CSVParser.parse(new StringReader(text), CSVFormat.RFC4180)) {
            return parser.getRecords().stream().map(CSVRecord::toList).toList();
        }
    }

    private String run(String expression) throws IOException, InterruptedException {
        Files.write(directory.resolve("format.mjs"), Resource.read("/dashboard/format.js"));
        Path script = Files.writeString(
                directory.resolve("test.mjs"),
                "import { csv, exact, withOffset } from './format.mjs';\nconst texts = "
                        + JSON.writeValueAsString(TEXTS) + ";\nprocess.stdout.write(" + expression + ");\n");
        Process node;
        try {
            node = new ProcessBuilder("node", script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException missing) {
            assumeTrue(System.getenv("CI") != null, "there is no Node here");
            throw missing;
        }
        String out = new String(node.getInputStream().readAllBytes(), UTF_8);
        assertThat(node.waitFor()).as(out).isZero();
        return out;
    }
}
