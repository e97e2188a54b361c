package io.tidemark.streams.directory;

import java.time.Duration;
import java.util.Optional;

/** Takes commands from outside the topology. */
public interface CustomerDirectory {

    /**
     * Sends a command and waits until what it did is committed, and for a second until this instance's roster has it.
     *
     * @param atMost how long to wait
     * @return empty when that did not come in time: it may still be done; send it again with the same command id
     */
    Optional<Outcome> send(Command.Awaited command, Duration atMost) throws InterruptedException;
}
