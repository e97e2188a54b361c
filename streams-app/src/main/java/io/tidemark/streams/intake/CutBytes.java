package io.tidemark.streams.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tidemark.schemas.Topics;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes keys and values off the wire, and of those too large to be counted only the beginning and the size.
 *
 * <p>The broker's limit is on compressed batches: a few kilobytes may hold a thousand records of 20 MB, and the consumer
 * hands out a thousand at once. Cut here, one by one as they are unpacked, they never are in memory together. Headers
 * that are not ours go too: each unread one holds the whole record it is a part of.
 */
public final class CutBytes implements Deserializer<byte[]> {
    /** Of what is cut, this many bytes are kept. */
    public static final int KEPT = 4 * 1024;

    private static final String KEY = "cut-key";
    private static final String VALUE = "cut-value";
    private static final String OURS = "tidemark-";
    private static final int MOST_HEADERS = 64;
    private static final int LONGEST_HEADER = 1_024;

    private final String size;

    private CutBytes(String size) {
        this.size = size;
    }

    public static CutBytes ofKeys() {
        return new CutBytes(KEY);
    }

    public static CutBytes ofValues() {
        return new CutBytes(VALUE);
    }

    /** How many bytes a record's key had before it was cut. */
    public static int wholeKey(Headers headers, byte @Nullable [] key) {
        return whole(headers, KEY, key);
    }

    /** How many bytes a record's value had before it was cut. */
    public static int wholeValue(Headers headers, byte @Nullable [] value) {
        return whole(headers, VALUE, value);
    }

    private static int whole(Headers headers, String size, byte @Nullable [] taken) {
        // Where there is nothing, nobody was asked to take it, and the header may be a producer's.
        Header header = taken != null && taken.length == KEPT ? headers.lastHeader(size) : null;
        if (header == null) {
            return taken == null ? 0 : taken.length;
        }
        return Integer.parseInt(new String(header.value(), US_ASCII));
    }

    @Override
    public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
        return data;
    }

    @Override
    public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        letGo(headers);
        if (data == null) {
            return null;
        }
        int bytes = data.remaining();
        byte[] taken = new byte[bytes > Topics.LARGEST_EVENT ? KEPT : bytes];
        data.get(taken);
        if (taken.length == KEPT) {
            // Also where nothing was cut: a producer may have used our name, and the last header of a name is what
            // holds.
            headers.add(size, Integer.toString(bytes).getBytes(US_ASCII));
        }
        return taken;
    }

    private static void letGo(Headers headers) {
        Header[] all = headers.toArray();
        if (all.length > MOST_HEADERS) {
            // Removing each takes the square of their number: that would hold everything up.
            return;
        }
        for (Header header : all) {
            // To ask for the value copies it out of the record.
            boolean kept = isOurs(header.key()) && header.value() != null && header.value().length <= LONGEST_HEADER;
            if (!kept) {
                headers.remove(header.key());
            }
        }
    }

    private static boolean isOurs(String name) {
        return name.startsWith(OURS) || name.equals(KEY) || name.equals(VALUE);
    }
}
