package io.tidemark.streams.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class BytesTest {

    @Test
    void readIntegersBackAtEveryBorder() {
        for (BigInteger value : borders()) {
            byte[] bytes = new BytesOut().number(value).raw((byte) 42).toBytes();
            var in = new BytesIn(bytes);
            assertThat(in.isSmall()).as("%s", value).isEqualTo(value.bitLength() < 64);
            assertThat(in.bigNumber()).isEqualTo(value);
            assertThat(in.raw()).isEqualTo((byte) 42);

            var skipping = new BytesIn(bytes);
            skipping.skipNumbers(1);
            assertThat(skipping.raw()).isEqualTo((byte) 42);
            assertThat(skipping.atEnd()).isTrue();
        }
    }

    @Test
    void writeALongAndABigIntegerOfTheSameValueAlike() {
        for (BigInteger value : borders()) {
            if (value.bitLength() < 64) {
                byte[] bytes = new BytesOut().number(value.longValueExact()).toBytes();
                assertThat(new BytesOut().number(value).toBytes()).isEqualTo(bytes);
                assertThat(new BytesIn(bytes).number()).isEqualTo(value.longValueExact());
            } else {
                byte[] bytes = new BytesOut().number(value).toBytes();
                assertThatThrownBy(() -> new BytesIn(bytes).number()).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    private static List<BigInteger> borders() {
        var values = new ArrayList<BigInteger>();
        for (int bits = 0; bits <= 300; bits++) {
            BigInteger power = BigInteger.ONE.shiftLeft(bits);
            for (int around = -2; around <= 2; around++) {
                values.add(power.add(BigInteger.valueOf(around)));
                values.add(power.negate().add(BigInteger.valueOf(around)));
            }
        }
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            values.add(new BigInteger(random.nextInt(200), random).multiply(BigInteger.valueOf(random.nextInt(3) - 1)));
        }
        return values;
    }

    @Test
    void readFixedWidthNumbersBack() {
        for (long value : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE + 1L, 0x80L, -129}) {
            assertThat(new BytesIn(new BytesOut().int64(value).toBytes()).int64())
                    .isEqualTo(value);
            assertThat(new BytesIn(new BytesOut().int32((int) value).toBytes()).int32())
                    .isEqualTo((int) value);
        }
    }

    @Test
    void sortFixedWidthNumbersAsTheirBytes() {
        long before = 0;
        for (long value : new long[] {1, 255, 256, 65_536, Integer.MAX_VALUE, Long.MAX_VALUE}) {
            assertThat(Arrays.compareUnsigned(
                            new BytesOut().int64(before).toBytes(),
                            new BytesOut().int64(value).toBytes()))
                    .isNegative();
            before = value;
        }
    }

    @Test
    void readTextsBack() {
        for (String text : List.of("", "a", "\u00e9\u20ac\ud83d\ude00", "x".repeat(300))) {
            var in = new BytesIn(
                    new BytesOut().terminated(text).counted(text).raw((byte) 9).toBytes());
            assertThat(in.terminated()).isEqualTo(text);
            assertThat(in.counted()).isEqualTo(text);
            assertThat(in.raw()).isEqualTo((byte) 9);
        }
        byte[] bytes = "abc".getBytes(StandardCharsets.UTF_8);
        assertThat(new BytesIn(new BytesOut().counted(bytes).toBytes()).countedBytes())
                .isEqualTo(bytes);
    }

    @Test
    void refuseALayoutOfALaterBuild() {
        assertThatThrownBy(() -> new BytesIn(new byte[] {2}).version(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("layout 2");
    }
}
