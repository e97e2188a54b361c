package io.tidemark.query.settings;

/**
 * The value that a setting was given.
 *
 * @param origin the variable or the file that says so, or {@code option}
 */
public record Given(String value, String origin) {

    /** Without the value: it may be a secret. */
    @Override
    public String toString() {
        return "given by " + origin;
    }
}
