package io.tidemark.benchmarks.race;

import io.tidemark.benchmarks.course.Course;
import io.tidemark.benchmarks.measuring.Fetch;
import io.tidemark.benchmarks.measuring.Figures;

/** What one contestant did in one round. */
record Outcome(Course course, Fetch fetch, int round, Contestant contestant, Figures figures) {

    /** Whether it counted what was there. */
    boolean isRight() {
        return figures.counted().equals(course.expected());
    }

    String oneLine() {
        return "%s %s round %d, %s: %,.0f events/s, %.1f us CPU each (second half %.1f), server %.1f us%s"
                .formatted(
                        course.mix(),
                        fetch,
                        round,
                        contestant,
                        figures.perSecond(),
                        figures.cpuMicros(),
                        figures.warmCpuMicros(),
                        figures.serverCpuMicros(),
                        isRight() ? "" : " -- WRONG: " + figures.counted() + " instead of " + course.expected());
    }
}
