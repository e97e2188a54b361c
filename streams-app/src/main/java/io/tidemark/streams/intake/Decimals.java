package io.tidemark.streams.intake;

import io.tidemark.streams.event.Reason;
import java.math.BigInteger;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Reads a decimal of any scale into units of 10^-9, exactly: what has more than nine fraction digits is a fault, never
 * rounded.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#decimal">Avro 1.12, Decimal</a>
 */
final class Decimals implements FieldReader {
    /** Fraction digits of every amount. */
    static final int SCALE = 9;

    /** 38 digits need 16 bytes; a few more may be sign extension. */
    private static final int MOST_BYTES = 64;

    /** No number of that many bytes has more digits: dividing by a larger power of ten gives zero all the same. */
    private static final int MOST_DIGITS = 155;

    private final Field field;
    private final Content content = new Content();
    private final int fixedSize;
    private final int scale;

    Decimals(Field field, Schema writer) {
        FieldReader.require(writer, field, Schema.Type.BYTES, Schema.Type.FIXED);
        this.field = field;
        this.fixedSize = writer.getType() == Schema.Type.FIXED ? writer.getFixedSize() : -1;
        this.scale = writer.getLogicalType() instanceof LogicalTypes.Decimal decimal ? decimal.getScale() : SCALE;
    }

    @Override
    public void read(AvroCursor in, Draft out) {
        int length = fixedSize >= 0 ? fixedSize : in.readLength();
        int from = in.at();
        in.skip(length);
        if (length == 0) {
            throw new AvroCursor.Malformed("the decimal " + field.wireName() + " has no bytes");
        }
        if (length > MOST_BYTES) {
            out.fault(field, Reason.TOO_LARGE, field.wireName() + " has more digits than 29 before the point");
        } else if (length <= Long.BYTES && scale == SCALE) {
            small(unscaled(in.bytes(), from, length), out);
        } else {
            rescale(new BigInteger(in.bytes(), from, length), out);
        }
    }

    private void small(long value, Draft out) {
        out.number(field, value);
        if (value != 0) {
            out.content(content.ofNumber(field.mark(), value));
        }
    }

    private void rescale(BigInteger unscaled, Draft out) {
        BigInteger value = unscaled;
        if (scale < SCALE) {
            value = unscaled.multiply(BigInteger.TEN.pow(SCALE - scale));
        } else if (scale > SCALE) {
            BigInteger[] parts = unscaled.divideAndRemainder(BigInteger.TEN.pow(Math.min(scale - SCALE, MOST_DIGITS)));
            value = parts[0];
            if (parts[1].signum() != 0) {
                out.fault(field, Reason.TOO_PRECISE, field.wireName() + " has more than 9 fraction digits");
            }
        }
        if (value.bitLength() < Long.SIZE) {
            small(value.longValue(), out);
        } else {
            out.number(field, value);
            out.content(content.ofNumber(field.mark(), value));
        }
    }

    private static long unscaled(byte[] bytes, int from, int length) {
        long value = bytes[from];
        for (int i = 1; i < length; i++) {
            value = value << 8 | (bytes[from + i] & 0xff);
        }
        return value;
    }
}
