package io.tidemark.streams.guarantees;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;

/** Amounts and counts from the smallest to the largest that may be. */
final class Figures {
    static final BigDecimal LARGEST = new BigDecimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE), 9);
    static final BigDecimal SMALLEST = new BigDecimal(BigInteger.ONE, 9);
    static final long MOST_TOKENS = 1_000_000_000_000L;

    private Figures() {}

    static BigDecimal amount(Random random) {
        BigDecimal amount = switch (random.nextInt(12)) {
            case 0, 1 -> BigDecimal.ZERO;
            case 2 -> SMALLEST;
            case 3 -> LARGEST;
            case 4 -> new BigDecimal(BigInteger.valueOf(Long.MAX_VALUE), 9);
            case 5 -> new BigDecimal(new BigInteger(126, random), 9);
            case 6 -> new BigDecimal(new BigInteger(64, random), 9);
            case 7 -> new BigDecimal("100");
            default -> BigDecimal.valueOf(random.nextInt(100_000_000), 1 + random.nextInt(8));
        };
        return random.nextInt(7) == 0 ? amount.negate() : amount;
    }

    static long tokens(Random random) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> 0;
            case 2 -> MOST_TOKENS;
            default -> random.nextInt(10_000);
        };
    }
}
