package io.tidemark.query.peers;

import io.tidemark.streams.reading.Answer;
import java.util.Optional;

/**
 * An {@link Answer} on its way between instances. Exactly one of the first four is there.
 *
 * @param reason why it is not ready
 * @param parameter what is unclear
 * @param detail of those two, in words
 */
record Said<T>(
        Optional<T> found,
        boolean notFound,
        Optional<Answer.Reason> reason,
        Optional<String> parameter,
        String detail) {

    static <T> Said<T> of(Answer<T> answer) {
        return answer.fold(new Answer.Cases<T, Said<T>>(
                found -> new Said<>(Optional.of(found), false, Optional.empty(), Optional.empty(), ""),
                () -> new Said<>(Optional.empty(), true, Optional.empty(), Optional.empty(), ""),
                (reason, detail) -> new Said<>(Optional.empty(), false, Optional.of(reason), Optional.empty(), detail),
                (parameter, message) ->
                        new Said<>(Optional.empty(), false, Optional.empty(), Optional.of(parameter), message)));
    }

    /** Empty where it is none that this build knows. */
    Optional<Answer<T>> answer() {
        if (found.isPresent()) {
            return Optional.of(new Answer.Found<>(found.get()));
        }
        if (notFound) {
            return Optional.of(new Answer.NotFound<>());
        }
        if (reason.isPresent()) {
            return Optional.of(new Answer.NotReady<>(reason.get(), detail));
        }
        return parameter.map(name -> new Answer.Unclear<>(name, detail));
    }
}
