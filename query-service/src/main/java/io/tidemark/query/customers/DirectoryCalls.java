package io.tidemark.query.customers;

import io.javalin.http.Context;
import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.CustomerDirectory;
import io.tidemark.streams.directory.CustomerDirectory.Done;
import io.tidemark.streams.directory.Outcome;
import io.tidemark.streams.directory.UuidV7;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
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
        send(context, command, customer -> {});
    }

    /** @param whenDeleted is told of the customer if it was deleted or erased, before that is answered */
    void send(Context context, Command.Awaited command, Consumer<Customer> whenDeleted) {
        try {
            Optional<Done> answer = directory.send(command, PATIENCE);
            answer.flatMap(done -> deleted(done.outcome())).ifPresent(whenDeleted);
            OutcomeReplies.send(context, answer);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            OutcomeReplies.send(context, Optional.empty());
        }
    }

    private static Optional<Customer> deleted(Outcome outcome) {
        return outcome.done().filter(Customer::isDeleted);
    }
}
