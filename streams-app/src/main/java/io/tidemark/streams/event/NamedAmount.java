package io.tidemark.streams.event;

import java.util.List;

/**
 * One of the amounts of a slot, by its name in answers.
 *
 * @param decimal whether it is in units of 10^-9 rather than of one
 */
public record NamedAmount(String name, boolean decimal) {
    private static final List<NamedAmount> OF_REQUEST = List.of(
            new NamedAmount("count", false),
            new NamedAmount("input_tokens", false),
            new NamedAmount("output_tokens", false),
            new NamedAmount("cached_input_tokens", false),
            new NamedAmount("reasoning_tokens", false),
            new NamedAmount("credits", true),
            new NamedAmount("cost", true));
    private static final List<NamedAmount> OF_USAGE = List.of(
            new NamedAmount("count", false),
            new NamedAmount("quantity", true),
            new NamedAmount("credits", true),
            new NamedAmount("cost", true));

    /** Those of one kind of event, in the order of {@link Amounts}. */
    public static List<NamedAmount> of(EventKind kind) {
        return kind == EventKind.REQUEST ? OF_REQUEST : OF_USAGE;
    }
}
