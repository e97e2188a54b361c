package io.tidemark.streams.tracing;

import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Wait;

/** Says what became of an event. For any number of threads. */
@FunctionalInterface
public interface Tracer {

    /**
     * Of a copy that is meant, what became of that one; otherwise of the event, whichever copy was counted. Never {@link Answer.NotFound}.
     *
     * @throws InterruptedException when the one who asks is
     */
    Answer<Traced> trace(TraceQuestion asked, Wait wait) throws InterruptedException;
}
