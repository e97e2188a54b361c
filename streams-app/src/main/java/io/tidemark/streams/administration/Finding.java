package io.tidemark.streams.administration;

/**
 * What a look at the surroundings found.
 *
 * @param says a sentence about one thing, and what to do where something should be done
 */
public record Finding(Level level, String says) {
    /** How bad it is. */
    public enum Level {
        /** As it should be. */
        FINE,
        /** Counting is right, but somebody should know. */
        WARNING,
        /** Counting cannot start, or could go wrong. */
        FAULT
    }
}
