package io.tidemark.streams.administration;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for what Kafka's admin client was asked. */
public final class Asked {
    private Asked() {}

    /** The answer; an error of Kafka's is thrown as it is. */
    public static <T> T of(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("Kafka did not answer", e.getCause());
        }
    }

    /** The answer; empty where it is the error that says so. */
    static <T> Optional<T> unless(Class<? extends RuntimeException> expected, KafkaFuture<T> answer) {
        try {
            return Optional.ofNullable(of(answer));
        } catch (RuntimeException e) {
            if (expected.isInstance(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
