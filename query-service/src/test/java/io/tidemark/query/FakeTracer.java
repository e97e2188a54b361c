package io.tidemark.query;

import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Wait;
import io.tidemark.streams.tracing.TraceQuestion;
import io.tidemark.streams.tracing.Traced;
import io.tidemark.streams.tracing.Tracer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Says of every event what it was told to. */
@NullMarked
public final class FakeTracer implements Tracer {
    private final List<TraceQuestion> asked = new ArrayList<>();
    private Answer<Traced> answer = new Answer.NotReady<>(Answer.Reason.MOVING, "nobody was told what to say");

    /** What was asked, in its order. */
    public List<TraceQuestion> asked() {
        return asked;
    }

    public void say(Traced traced) {
        answer = new Answer.Found<>(traced);
    }

    @Override
    public Answer<Traced> trace(TraceQuestion question, Wait wait) {
        asked.add(question);
        return answer;
    }
}
