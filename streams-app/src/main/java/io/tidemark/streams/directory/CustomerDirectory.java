package io.tidemark.streams.directory;

import java.time.Duration;
import java.util.Optional;

/** Takes commands from outside the topology. */
public interface CustomerDirectory {

    /**
     * What came of a command.
     *
     * @param position a token to wait for: an answer about usage that contains it knows of the change. Empty where nothing
     *     was changed, and where this instance did not read of the change in time
     */
    record Done(Outcome outcome, Optional<String> position) {}

    /**
     * Sends a command and waits until what it did is committed, and for some seconds until this instance's roster has it.
     *
     * @param atMost how long to wait
     * @return empty when that did not come in time: it may still be done; send it again with the same command id
     */
    Optional<Done> send(Command.Awaited command, Duration atMost) throws InterruptedException;
}
