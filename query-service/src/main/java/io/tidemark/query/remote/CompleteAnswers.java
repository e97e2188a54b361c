package io.tidemark.query.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Answers about usage that have all partitions in them. What cannot be answered right now (the instance is busy, restarts, has not caught up, or
 * partitions move) is asked again until its time is up.
 */
public final class CompleteAnswers {
    private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(250);

    private final RemoteInstance instance;
    private final Duration wait;

    /** @param wait how long each question is asked; one answer may take as long, as that about a million customers does */
    public CompleteAnswers(RemoteInstance instance, Duration wait) {
        this.instance = instance;
        this.wait = wait;
    }

    /**
     * What is answered at a path.
     *
     * @throws CallFailed when it is refused, or was not answered in time
     * @throws IncompleteAnswer when partitions were missing until the end
     */
    public JsonNode get(String path) {
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            boolean last = System.nanoTime() - end >= 0;
            Duration pause = BETWEEN_QUESTIONS;
            try {
                RemoteAnswer answer = instance.send("GET", path, Optional.empty(), Map.of(), wait);
                if (answer.isGood() && answer.body().path("complete").asBoolean()) {
                    return answer.body();
                }
                if (answer.isGood() && last) {
                    throw new IncompleteAnswer(
                            "partitions " + answer.body().path("missing_partitions") + " are in no answer");
                }
                if (!answer.isGood() && (last || !PASSING.contains(answer.status()))) {
                    throw answer.failure();
                }
                pause = answer.retryAfter().orElse(pause);
            } catch (IOException unreachable) {
                if (last) {
                    throw instance.unreachable(unreachable);
                }
            } catch (InterruptedException interrupted) {
                throw interrupted(interrupted);
            }
            pause(Math.min(pause.toNanos(), end - System.nanoTime()));
        }
    }

    private static void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static CallFailed interrupted(InterruptedException why) {
        Thread.currentThread().interrupt();
        return new CallFailed("interrupted", why);
    }
}
