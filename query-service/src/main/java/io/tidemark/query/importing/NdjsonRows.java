package io.tidemark.query.importing;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A JSON object a line, which is sent as it is; or a line of the report of what was refused, of which the row is sent. */
final class NdjsonRows implements Rows {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int SHOWN = 1000;

    private final Path path;
    private final BufferedReader in;
    private final Chain chain = new Chain();
    private long line;
    private long number;

    private NdjsonRows(Path path, BufferedReader in) {
        this.path = path;
        this.in = in;
    }

    static NdjsonRows open(Path path) throws IOException {
        return new NdjsonRows(path, new BufferedReader(Utf8.open(path)));
    }

    @Override
    public Optional<Row> next() throws IOException {
        Optional<String> text = line();
        while (text.isPresent() && text.get().isBlank()) {
            text = line();
        }
        return text.map(this::row);
    }

    private Row row(String text) {
        number++;
        String hash = chain.add(List.of(text));
        if (text.length() > LONGEST) {
            return unfit(hash, text, "has more than " + LONGEST + " characters");
        }
        try {
            JsonNode json = JSON.readTree(text);
            JsonNode content = isOfReport(json) ? json.path(RefusedFile.ROW) : json;
            return content instanceof ObjectNode
                    ? new Row(number, line, hash, content, List.of(), false)
                    : unfit(hash, text, "is no JSON object");
        } catch (JacksonException broken) {
            return unfit(hash, text, "is not JSON: " + broken.getOriginalMessage());
        }
    }

    private Row unfit(String hash, String text, String why) {
        var shown = TextNode.valueOf(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…");
        return new Row(number, line, hash, shown, List.of(new RowFault("", why)), false);
    }

    private static boolean isOfReport(JsonNode json) {
        return json.has(RefusedFile.LINE) && json.has(RefusedFile.FAULTS) && json.has(RefusedFile.ROW);
    }

    /** A line, or as much of one as is enough to see that it is too long. */
    private Optional<String> line() throws IOException {
        try {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            line++;
            var text = new StringBuilder();
            for (; next >= 0 && next != '\n'; next = in.read()) {
                if (text.length() <= LONGEST) {
                    text.append((char) next);
                }
            }
            return Optional.of(text.toString());
        } catch (CharacterCodingException malformed) {
            throw Utf8.malformed(path);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
