package io.tidemark.query.customers;

import io.javalin.http.Context;
import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.CustomerDirectory;
import io.tidemark.streams.directory.UuidV7;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Sends commands to the directory and answers what came of them. */
public final class DirectoryCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CustomerDirectory directory;
    private final Clock clock;
    private final RandomGenerator random = new SecureRandom();

    public DirectoryCalls(CustomerDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    UUID newId() {
        return UuidV7.next(clock.instant(), random);
    }

    void send(Context context, Command.Awaited command) {
        try {
            OutcomeReplies.send(context, directory.send(command, PATIENCE));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            OutcomeReplies.send(context, Optional.empty());
        }
    }
}
