package io.tidemark.query.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/**
 * A cursor as clients hold it: a small record as JSON in base64, opaque to them. It is not signed: whoever makes one up can ask for nothing that
 * parameters could not ask for. Instants in it are epoch minutes.
 */
public final class CursorText {
    private static final int LONGEST = 8192;
    /** 1900 and 2200. */
    private static final long FIRST_MINUTE = -36_816_480L;

    private static final long LAST_MINUTE = 120_968_640L;
    private static final long SECONDS = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private CursorText() {}

    public static String of(Object wire) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(wire));
        } catch (JacksonException unwritable) {
            throw new IllegalStateException("a cursor must be writable as JSON", unwritable);
        }
    }

    /**
     * What a text stands for; empty where it is no cursor.
     *
     * @param meaning what a record means: nothing, or what values throw that are out of their range, where it means nothing
     */
    public static <W, C> Optional<C> read(String text, Class<W> wire, Function<W, Optional<C>> meaning) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(text);
            return Optional.ofNullable(JSON.readValue(new String(json, UTF_8), wire))
                    .flatMap(meaning);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException | JacksonException broken) {
            return Optional.empty();
        }
    }

    public static long minuteOf(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), SECONDS);
    }

    /**
     * The minute of a cursor.
     *
     * @throws IllegalArgumentException when parameters could not name it
     */
    public static Instant minute(long epochMinutes) {
        if (epochMinutes < FIRST_MINUTE || epochMinutes > LAST_MINUTE) {
            throw new IllegalArgumentException("no minute that parameters can name");
        }
        return Instant.ofEpochSecond(epochMinutes * SECONDS);
    }
}
