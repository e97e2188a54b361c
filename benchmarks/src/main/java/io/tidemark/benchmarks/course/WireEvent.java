package io.tidemark.benchmarks.course;

import io.tidemark.schemas.WireFormat;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Reads a request event of a course by hand: what is counted, and nothing else is made an object. One for each thread; each
 * {@link #read} overwrites what the last one found. Knows the one schema that courses are written with.
 */
public final class WireEvent {
    /** operation, provider, model, flow, environment, status: each absent or a text. */
    private static final int UNCOUNTED_TEXTS = 6;

    private static final int UUID_LENGTH = 36;
    private static final int HEX = 16;

    /** In the order of {@link Tally}. */
    private final long[] amounts = new long[Tally.SIZE];

    private byte[] bytes = {};
    private int at;
    private long idHigh;
    private long idLow;
    private int tenantFrom;
    private int tenantLength;
    private int customerFrom;
    private int customerLength;
    private long occurredMicros;

    public void read(byte[] value) {
        bytes = value;
        at = WireFormat.HEADER_BYTES;
        id();
        optionalText();
        tenantLength = length();
        tenantFrom = skip(tenantLength);
        customerLength = length();
        customerFrom = skip(customerLength);
        occurredMicros = number();
        for (int i = 0; i < UNCOUNTED_TEXTS; i++) {
            optionalText();
        }
        if (number() != 0) {
            number();
        }
        amounts[0] = 1;
        for (int i = 1; i <= 4; i++) {
            amounts[i] = number();
        }
        amounts[5] = decimal();
        amounts[6] = decimal();
    }

    /** All ids of a course are UUIDs. */
    private void id() {
        int length = length();
        if (length != UUID_LENGTH) {
            throw new IllegalStateException("an id of " + length + " bytes is no UUID");
        }
        int from = skip(length);
        long high = 0;
        long low = 0;
        int digits = 0;
        for (int i = from; i < from + UUID_LENGTH; i++) {
            if (bytes[i] != '-') {
                long digit = bytes[i] <= '9' ? bytes[i] - '0' : bytes[i] - 'a' + 10;
                if (digits++ < HEX) {
                    high = high << 4 | digit;
                } else {
                    low = low << 4 | digit;
                }
            }
        }
        idHigh = high;
        idLow = low;
    }

    private void optionalText() {
        if (number() != 0) {
            skip(length());
        }
    }

    private int length() {
        return Math.toIntExact(number());
    }

    private int skip(int length) {
        int from = at;
        at += length;
        return from;
    }

    private long number() {
        long raw = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[at++];
            raw |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return raw >>> 1 ^ -(raw & 1);
    }

    private long decimal() {
        int length = length();
        if (length > Long.BYTES) {
            throw new IllegalStateException("a decimal of " + length + " bytes is in no course");
        }
        long value = length == 0 ? 0 : bytes[at] >> 7;
        for (int end = at + length; at < end; at++) {
            value = value << Byte.SIZE | (bytes[at] & 0xFF);
        }
        return value;
    }

    public long idHigh() {
        return idHigh;
    }

    public long idLow() {
        return idLow;
    }

    /** UTC, since 1970-01-01. */
    public long occurredMicros() {
        return occurredMicros;
    }

    /** UTC, since 1970-01-01. */
    public long minute() {
        return Math.floorDiv(occurredMicros, 60_000_000L);
    }

    /** In the order of {@link Tally}; overwritten by the next read. */
    public long[] amounts() {
        return amounts;
    }

    public int tenantLength() {
        return tenantLength;
    }

    public int customerLength() {
        return customerLength;
    }

    /** Writes the tenant's bytes; returns where they end. */
    public int copyTenant(byte[] to, int start) {
        System.arraycopy(bytes, tenantFrom, to, start, tenantLength);
        return start + tenantLength;
    }

    /** Names a page of the event's customer: tenant, period, customer. */
    public Bytes pageKey(int period) {
        var key = new byte[tenantLength + 1 + Integer.BYTES + customerLength];
        int at = copyTenant(key, 0) + 1;
        ByteBuffer.wrap(key).putInt(at, period);
        copyCustomer(key, at + Integer.BYTES);
        return Bytes.wrap(key);
    }

    /** Writes the customer's bytes; returns where they end. */
    public int copyCustomer(byte[] to, int start) {
        System.arraycopy(bytes, customerFrom, to, start, customerLength);
        return start + customerLength;
    }
}
