package io.tidemark.streams.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Which stream threads died a short while ago, and of what: said where the instance is not ready. */
public final class Deaths {
    /** Those before are forgotten: who died of something that lasts dies again sooner. */
    public static final Duration WITHIN = Duration.ofMinutes(1);

    private static final int LONGEST = 300;

    private final Clock clock;
    private final Deque<Instant> times = new ArrayDeque<>();
    private String last = "";

    public Deaths(Clock clock) {
        this.clock = clock;
    }

    /** Notes one more; how many there were within the last minute. */
    public synchronized int note(Throwable cause) {
        times.addLast(clock.instant());
        last = text(root(cause));
        return recent();
    }

    private int recent() {
        Instant since = clock.instant().minus(WITHIN);
        times.removeIf(death -> death.isBefore(since));
        return times.size();
    }

    /** In words, if there were any within the last minute. */
    synchronized Optional<String> recently() {
        int died = recent();
        return died == 0
                ? Optional.empty()
                : Optional.of(
                        died + (died == 1 ? " thread" : " threads") + " died within a minute, the last of " + last);
    }

    /** What the last one died of, however long ago. */
    synchronized Optional<String> last() {
        return last.isEmpty() ? Optional.empty() : Optional.of(last);
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    /** One line, and not a page of it: Kafka Streams puts whole stack traces into messages. */
    private static String text(Throwable root) {
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        String cut = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
        return root.getClass().getSimpleName() + ": " + cut;
    }
}
