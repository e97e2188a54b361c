package io.tidemark.query.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.query.http.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes an oracle's file: NDJSON of layout 1, compressed where the name ends with {@code .gz}. First a line with the
 * header, then one for each row in the order of {@link Row#ORDER}, then one with the end.
 */
public final class OracleWriter {
    static final String FORMAT = "tidemark-oracle";
    static final int LAYOUT = 1;

    private OracleWriter() {}

    /** Writes all of it. */
    public static void write(Path file, Header header, Oracle oracle, long unacknowledged, String position)
            throws IOException {
        try (Writer out = new BufferedWriter(new OutputStreamWriter(open(file), UTF_8))) {
            line(out, header(header));
            long rows = 0;
            for (Iterator<Row> each = oracle.rows().iterator(); each.hasNext(); rows++) {
                line(out, row(each.next()));
            }
            var end = new LinkedHashMap<String, Object>();
            end.put("end", FORMAT);
            end.put("rows", rows);
            end.put("events", oracle.events());
            end.put("unacknowledged", unacknowledged);
            end.put("position", position);
            line(out, end);
        }
    }

    private static OutputStream open(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
    }

    private static void line(Writer out, Map<String, Object> value) throws IOException {
        out.write(Json.write(value));
        out.write('\n');
    }

    private static Map<String, Object> header(Header header) {
        var line = new LinkedHashMap<String, Object>();
        line.put("format", FORMAT);
        line.put("layout", LAYOUT);
        line.put("tenant", header.tenant());
        line.put("prefix", header.prefix());
        line.put("from", header.from());
        line.put("until", header.until());
        return line;
    }

    private static Map<String, Object> row(Row row) {
        var line = new LinkedHashMap<String, Object>();
        line.put("customer", row.customer());
        line.put("minute", row.minute());
        line.put("kind", row.kind());
        line.put("meter", row.meter());
        line.put("currency", row.currency().isEmpty() ? null : row.currency());
        line.put("count", row.count());
        line.put("input_tokens", row.inputTokens());
        line.put("output_tokens", row.outputTokens());
        line.put("cached_input_tokens", row.cachedInputTokens());
        line.put("reasoning_tokens", row.reasoningTokens());
        line.put("quantity", row.quantity());
        line.put("credits", row.credits());
        line.put("cost", row.cost());
        return line;
    }
}
