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
    private volatile Optional<Outcome> outcome = Optional.empty();

    /** What is said where a change is found, once something was changed. */
    public static final String POSITION = "a-position";

    public void answers(Outcome answer) {
        outcome = Optional.of(answer);
    }

    @Override
    public Optional<Done> send(Command.Awaited command, Duration atMost) {
        sent.add(command);
        return outcome.map(answer -> new Done(answer, answer.done().map(changed -> POSITION)));
    }
}
