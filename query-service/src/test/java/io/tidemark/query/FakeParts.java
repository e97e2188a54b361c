package io.tidemark.query;

import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;

/** Partitions that answer as they were told to, as fresh as they were told to be. */
@NullMarked
public final class FakeParts implements Parts {
    private final Map<String, Function<Object, Answer<?>>> answers = new HashMap<>();
    private final List<Object> asked = new ArrayList<>();
    private Freshness freshness = new Freshness(Instant.parse("2026-10-20T12:00:00Z"), List.of(), "1");

    /** What was asked, in its order. */
    public List<Object> asked() {
        return asked;
    }

    public void fresh(Freshness now) {
        freshness = now;
    }

    /** From now on a kind is answered with what {@code value} makes of the question. */
    public <Q, A> void answer(PartKind<Q, A> kind, Function<Q, A> value) {
        answers.put(
                kind.name(),
                question -> new Answer.Found<>(
                        new Part<>(value.apply(kind.question().cast(question)), freshness)));
    }

    /** From now on a kind is refused. */
    public void refuse(PartKind<?, ?> kind, Answer<?> answer) {
        answers.put(kind.name(), question -> answer);
    }

    @Override
    public <Q, A> Answer<Part<A>> ofAll(PartKind<Q, A> kind, Q question, Wait wait) {
        return of(kind, question, Set.of(), wait);
    }

    @Override
    public <Q, A> Answer<Part<A>> ofCustomer(
            PartKind<Q, A> kind, Q question, String tenant, String externalId, Wait wait) {
        return of(kind, question, Set.of(), wait);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <Q, A> Answer<Part<A>> of(PartKind<Q, A> kind, Q question, Set<Integer> partitions, Wait wait) {
        asked.add(question);
        Function<Object, Answer<?>> answer = answers.get(kind.name());
        return answer == null
                ? new Answer.NotReady<>(Answer.Reason.MOVING, "nobody was told what to say to " + kind.name())
                : (Answer<Part<A>>) answer.apply(question);
    }
}
