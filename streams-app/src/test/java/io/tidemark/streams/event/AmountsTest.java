package io.tidemark.streams.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class AmountsTest {
    private static final int SIZE = 3;

    @Test
    void addUpLikeBigIntegers() {
        for (long seed = 1; seed <= 50; seed++) {
            var random = new Random(seed);
            var amounts = new Amounts(SIZE);
            var wanted = new BigInteger[SIZE];
            Arrays.fill(wanted, BigInteger.ZERO);
            for (int step = 0; step < 500; step++) {
                int i = random.nextInt(SIZE);
                if (random.nextInt(4) == 0) {
                    BigInteger value = new BigInteger(random.nextInt(130), random);
                    value = random.nextBoolean() ? value : value.negate();
                    amounts.add(i, value);
                    wanted[i] = wanted[i].add(value);
                } else {
                    long value = extreme(random);
                    amounts.add(i, value);
                    wanted[i] = wanted[i].add(BigInteger.valueOf(value));
                }
                if (random.nextInt(20) == 0) {
                    amounts.add(i, wanted[i].negate());
                    wanted[i] = BigInteger.ZERO;
                }
                check(amounts, wanted, seed);
            }
        }
    }

    private static long extreme(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            case 2 -> random.nextLong();
            default -> random.nextInt(100) - 50;
        };
    }

    private static void check(Amounts amounts, BigInteger[] wanted, long seed) {
        for (int i = 0; i < SIZE; i++) {
            assertThat(amounts.get(i)).as("seed %d", seed).isEqualTo(wanted[i]);
            assertThat(amounts.isSmall(i)).as("seed %d", seed).isEqualTo(wanted[i].bitLength() < 64);
            if (amounts.isSmall(i)) {
                assertThat(amounts.small(i)).isEqualTo(wanted[i].longValueExact());
            }
        }
    }

    @Test
    void comeBackFromLargeToSmall() {
        var amounts = new Amounts(1);
        amounts.add(0, Long.MAX_VALUE);
        amounts.add(0, 1);
        assertThat(amounts.isSmall(0)).isFalse();
        assertThat(amounts.get(0)).isEqualTo(BigInteger.ONE.shiftLeft(63));
        amounts.add(0, -1);
        assertThat(amounts.isSmall(0)).isTrue();
        assertThat(amounts.small(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void addAShorterOtherToTheirBeginning() {
        var amounts = new Amounts(3);
        amounts.add(2, 7);
        var other = new Amounts(2);
        other.add(0, Long.MAX_VALUE);
        other.add(1, BigInteger.TEN.pow(30));
        amounts.add(other);
        amounts.add(other);
        assertThat(amounts.get(0)).isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(1));
        assertThat(amounts.get(1)).isEqualTo(BigInteger.TEN.pow(30).shiftLeft(1));
        assertThat(amounts.get(2)).isEqualTo(BigInteger.valueOf(7));
    }

    @Test
    void areEqualWhenTheirValuesAre() {
        var one = new Amounts(1);
        one.add(0, BigInteger.TEN.pow(30));
        one.add(0, BigInteger.TEN.pow(30).negate().add(BigInteger.ONE));
        var other = new Amounts(1);
        other.add(0, 1);
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).hasToString("[1]");
        assertThat(one).isNotEqualTo(new Amounts(1)).isNotEqualTo(new Amounts(2));
    }

    @Test
    void keepTheirPlacesWhenZerosArePutIn() {
        BigInteger large = BigInteger.ONE.shiftLeft(80);
        var amounts = new Amounts(2);
        amounts.add(0, 5);
        amounts.add(1, large);

        Amounts wider = amounts.withZeros(1, 2);

        assertThat(wider.size()).isEqualTo(4);
        assertThat(wider.get(0)).isEqualTo(5);
        assertThat(wider.get(1)).isZero();
        assertThat(wider.get(2)).isZero();
        assertThat(wider.get(3)).isEqualTo(large);
        assertThat(amounts.withZeros(2, 1).get(1)).isEqualTo(large);
        var two = new Amounts(2);
        wider.addTo(two, 2, 2);
        assertThat(two.get(1)).isEqualTo(large);
    }
}
