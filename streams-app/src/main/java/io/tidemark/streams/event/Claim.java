package io.tidemark.streams.event;

/**
 * Whose event a rejected one says it is, as far as that could be read and may be believed. Each part is well formed or empty; an empty
 * source is also one of which nothing was said.
 *
 * @param id of the event within customer and source; empty where any of the three is not known
 */
public record Claim(String tenant, String customer, String source, String id) {
    /** Nothing could be read. */
    public static final Claim NONE = new Claim("", "", "", "");

    /** Whether it names a customer, and so a partition that it belongs to. */
    public boolean namesCustomer() {
        return !tenant.isEmpty() && !customer.isEmpty();
    }

    /** Whether it says which event it is. */
    public boolean namesEvent() {
        return namesCustomer() && !id.isEmpty();
    }

    /** Of an event that was read whole. */
    public static Claim of(Event event) {
        return new Claim(event.tenant(), event.customer(), event.source(), event.id());
    }
}
