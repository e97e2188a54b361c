package io.tidemark.query.verification;

import io.tidemark.query.verification.Figures.Wrong;
import java.util.List;
import java.util.function.Consumer;

/** The first differences, told as they are found. */
final class Findings {
    private final int most;
    private final Consumer<Difference> told;
    private int count;
    private boolean more;

    Findings(int most, Consumer<Difference> told) {
        this.most = most;
        this.told = told;
    }

    void add(String customer, Span span, String call, List<Wrong> wrong) {
        for (Wrong each : wrong) {
            if (areEnough()) {
                more = true;
                return;
            }
            count++;
            told.accept(Difference.of(customer, span, call, each));
        }
    }

    boolean areEnough() {
        return count >= most;
    }

    int count() {
        return count;
    }

    /** Notes that something differs that is not told. */
    void leaveOut() {
        more = true;
    }

    /** Whether there are others than those told. */
    boolean haveMore() {
        return more;
    }
}
