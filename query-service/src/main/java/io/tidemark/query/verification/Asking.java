package io.tidemark.query.verification;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.remote.CompleteAnswers;
import io.tidemark.query.remote.IncompleteAnswer;
import io.tidemark.query.remote.RemoteInstance;
import java.time.Duration;

/** Asks an instance for what can be compared: whole answers. */
final class Asking {
    private final CompleteAnswers answers;

    /** @param wait how long each question is asked */
    Asking(RemoteInstance instance, Duration wait) {
        answers = new CompleteAnswers(instance, wait);
    }

    JsonNode get(String path) {
        try {
            return answers.get(path);
        } catch (IncompleteAnswer missing) {
            throw new CannotTell(String.valueOf(missing.getMessage()));
        }
    }
}
