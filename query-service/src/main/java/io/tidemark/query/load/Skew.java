package io.tidemark.query.load;

import java.util.Arrays;

/** How events are shared out over customers. */
public enum Skew {
    /** All alike. */
    UNIFORM {
        @Override
        double weight(int rank) {
            return 1;
        }
    },
    /** The n-th has one n-th of what the first has: few have most. */
    ZIPF {
        @Override
        double weight(int rank) {
            return 1.0 / rank;
        }
    };

    abstract double weight(int rank);

    /** Draws numbers from 0, the heaviest, to below the count. */
    public Draw over(int count) {
        var upTo = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weight(i + 1);
            upTo[i] = sum;
        }
        return new Draw(upTo);
    }

    /** Draws by weight. */
    public static final class Draw {
        private final double[] upTo;

        private Draw(double[] upTo) {
            this.upTo = upTo;
        }

        public int with(Dice dice) {
            int at = Arrays.binarySearch(upTo, dice.unit() * upTo[upTo.length - 1]);
            return Math.min(upTo.length - 1, at < 0 ? -at - 1 : at + 1);
        }

        /** What share of all falls to one. */
        public double share(int number) {
            return (upTo[number] - (number == 0 ? 0 : upTo[number - 1])) / upTo[upTo.length - 1];
        }
    }
}
