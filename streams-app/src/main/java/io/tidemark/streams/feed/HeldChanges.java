package io.tidemark.streams.feed;

import java.time.Duration;
import java.time.YearMonth;
import java.util.Optional;

/** Changes that are told here and by no topic: what answers are tried with. */
public final class HeldChanges implements UsageChanges {
    private static final int BYTES = 1_000;

    private final RecentChanges changes;
    private long offset;

    /** @param most how many are held */
    public HeldChanges(int most) {
        changes = new RecentChanges((long) most * BYTES);
        changes.upTo(0, 0);
    }

    /** Says that a customer's month changed; to empty where it was taken back. */
    public synchronized void tell(String tenant, String externalId, YearMonth month, Optional<MonthUsage> usage) {
        changes.take(new Change(tenant, externalId, month, 0, offset++, BYTES, usage.isEmpty(), () -> usage));
    }

    @Override
    public boolean areTold() {
        return true;
    }

    @Override
    public boolean listen(Duration atMost) {
        return true;
    }

    @Override
    public void rest() {}

    @Override
    public ChangeCursor now() {
        return changes.now();
    }

    @Override
    public Optional<String> position() {
        return Optional.empty();
    }

    @Override
    public Optional<ChangeCursor> at(String tenant, String token, Duration atMost) throws InterruptedException {
        return changes.at(tenant, token, atMost);
    }

    @Override
    public Optional<Heard> after(ChangeCursor place, String tenant, Optional<String> customer, int most) {
        return changes.after(place, tenant, customer, most);
    }

    @Override
    public void close() {}
}
