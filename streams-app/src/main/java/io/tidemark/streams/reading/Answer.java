package io.tidemark.streams.reading;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What came of a question. Exactly one case holds; {@link #fold} makes the caller handle each, and a case added here
 * does not compile until every caller knows it.
 */
public sealed interface Answer<T> {

    /** Here it is. */
    record Found<T>(T value) implements Answer<T> {
        @Override
        public <R> R fold(Cases<T, R> cases) {
            return cases.found().apply(value);
        }
    }

    /** Nothing is known of what was asked for. Asking again soon gives the same. */
    record NotFound<T>() implements Answer<T> {
        @Override
        public <R> R fold(Cases<T, R> cases) {
            return cases.notFound().get();
        }
    }

    /** It cannot be said now, for {@code reason}; ask again in a moment. */
    record NotReady<T>(Reason reason, String detail) implements Answer<T> {
        @Override
        public <R> R fold(Cases<T, R> cases) {
            return cases.notReady().apply(reason, detail);
        }
    }

    /** The question lacks something that only the data could show: which parameter, and what it needs. */
    record Unclear<T>(String parameter, String message) implements Answer<T> {
        @Override
        public <R> R fold(Cases<T, R> cases) {
            return cases.unclear().apply(parameter, message);
        }
    }

    /** Why an answer is not ready. */
    enum Reason {
        /** The partition is being restored or is moving between instances. */
        MOVING,
        /** The answer does not contain the position that was asked for yet. */
        NOT_CAUGHT_UP,
        /** What can be said now is older than the question allows. */
        TOO_STALE,
        /** More reads are waiting than may. */
        BUSY,
        /** Counting has stopped or has not begun. */
        STOPPED
    }

    /** One function for each case. */
    record Cases<T, R>(
            Function<T, R> found,
            Supplier<R> notFound,
            BiFunction<Reason, String, R> notReady,
            BiFunction<String, String, R> unclear) {}

    <R> R fold(Cases<T, R> cases);
}
