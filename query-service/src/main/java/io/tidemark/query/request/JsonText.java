package io.tidemark.query.request;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bytes that should be one JSON object in UTF-8, and nothing after it. */
final class JsonText {
    /** Decimals never pass through a double; a name that stands twice has no meaning to choose. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Of values with others behind them. */
    private static final ObjectReader ONE_OF_MANY =
            JSON.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonText() {}

    /** Empty exactly when it added a fault. */
    static Optional<ObjectNode> object(byte[] bytes, Faults faults) {
        return read(bytes, faults, text -> {
            JsonNode node = JSON.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
            faults.addAt("", "must be a JSON object");
            return null;
        });
    }

    /** Reads a text in the reader's own way; empty when it is no JSON, which is a fault then, or the reader found nothing. */
    static <T> Optional<T> read(byte[] bytes, Faults faults, Reader<T> reader) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.ofNullable(reader.read(text));
        } catch (CharacterCodingException malformed) {
            faults.addAt("", "is not UTF-8");
        } catch (JacksonException broken) {
            faults.addAt("", "is not JSON: " + said(broken));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (NumberFormatException beyond) {
            // Jackson lets this one out as it is: an exponent that no decimal can have.
            faults.addAt("", "has a number with an exponent beyond all measure");
        }
        return Optional.empty();
    }

    /** Makes something of a text that should be JSON. */
    interface Reader<T> {
        @Nullable
        T read(String text) throws IOException;
    }

    static JsonParser parser(String text) throws IOException {
        return JSON.createParser(text);
    }

    /** The value that a parser is at. */
    static JsonNode value(JsonParser in) throws IOException {
        return ONE_OF_MANY.readValue(in);
    }

    /** Where and what, without the excerpt of the source that Jackson adds. */
    private static String said(JacksonException broken) {
        JsonLocation at = broken.getLocation();
        String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return broken.getOriginalMessage() + where;
    }
}
