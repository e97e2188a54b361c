package io.tidemark.query.ingest;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.tidemark.query.http.RateLimit;
import io.tidemark.query.keys.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many events a key may send to this instance: a bucket for each, filled steadily. */
final class EventLimit {
    private static final int BURST_SECONDS = 2;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long capacity;
    private final Duration window;
    private final Bandwidth bandwidth;
    private final TimeMeter time;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /**
     * @param eventsPerSecond how fast a bucket fills; it holds two seconds' worth, and a whole batch at least
     * @param largestBatch events
     */
    EventLimit(long eventsPerSecond, int largestBatch, Clock clock) {
        capacity = Math.max(largestBatch, BURST_SECONDS * eventsPerSecond);
        window = Duration.ofSeconds((capacity + eventsPerSecond - 1) / eventsPerSecond);
        bandwidth = Bandwidth.builder()
                .capacity(capacity)
                .refillGreedy(eventsPerSecond, Duration.ofSeconds(1))
                .build();
        time = of(clock);
    }

    /** Takes as many events out of the caller's bucket, or none where there are not so many. */
    RateLimit take(Caller caller, int events) {
        Bucket bucket = buckets.computeIfAbsent(caller.key(), any -> newBucket());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(events);
        return new RateLimit(
                probe.isConsumed(),
                capacity,
                window,
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForReset()),
                Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(bandwidth)
                .withCustomTimePrecision(time)
                .build();
    }

    private static TimeMeter of(Clock clock) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                Instant now = clock.instant();
                return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }
}
