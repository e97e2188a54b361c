package io.tidemark.query;

import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.CustomerDirectory;
import io.tidemark.streams.directory.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A directory that remembers what it was told and answers what it was told to. */
public final class FakeDirectory implements CustomerDirectory {
    public final List<Command.Awaited> sent = new CopyOnWriteArrayList<>();
    private volatile CustomerDirectory answering = (command, atMost) -> Optional.empty();

    /** What is said where a change is found, once something was changed. */
    public static final String POSITION = "a-position";

    public void answers(Outcome answer) {
        answering =
                (command, atMost) -> Optional.of(new Done(answer, answer.done().map(changed -> POSITION)));
    }

    /** From now on another one answers. */
    public void answersAs(CustomerDirectory other) {
        answering = other;
    }

    @Override
    public Optional<Done> send(Command.Awaited command, Duration atMost) throws InterruptedException {
        sent.add(command);
        return answering.send(command, atMost);
    }
}
