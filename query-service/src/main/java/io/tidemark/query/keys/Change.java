package io.tidemark.query.keys;

import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.streams.access.ChangeFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A write that Kafka may not take at this moment. */
public final class Change {
    private static final Logger LOG = LoggerFactory.getLogger(Change.class);

    private Change() {}

    public static void make(Runnable write) {
        try {
            write.run();
        } catch (ChangeFailed failed) {
            LOG.warn("a change of keys or tenants failed: {}", failed.getMessage());
            throw new Refused(Problem.of(
                    Problem.Kind.UNAVAILABLE, "It is not certain that the change was made; look, and make it again."));
        }
    }
}
