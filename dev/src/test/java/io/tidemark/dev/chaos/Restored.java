package io.tidemark.dev.chaos;

import static java.math.RoundingMode.HALF_UP;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** How many records of changelogs instances have read to restore stores, and how fast, without the start of their processes. */
final class Restored {
    private Restored() {}

    /** In words, one for each instance. */
    static List<String> by(List<Member> members) throws IOException, InterruptedException {
        var said = new ArrayList<String>();
        for (Member member : members) {
            BigDecimal records = value(member, "tidemark_restored_records_total");
            BigDecimal seconds = value(member, "tidemark_restoring_seconds_sum");
            String rate = seconds.signum() == 0
                    ? "none"
                    : records.divide(seconds, 0, HALF_UP).toPlainString();
            said.add(records.toPlainString() + " records in " + seconds.setScale(3, HALF_UP) + " s: " + rate
                    + " records/s");
        }
        return said;
    }

    private static BigDecimal value(Member member, String meter) throws IOException, InterruptedException {
        return member.api(Cluster.BOOTSTRAP_KEY).values(meter).values().stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
