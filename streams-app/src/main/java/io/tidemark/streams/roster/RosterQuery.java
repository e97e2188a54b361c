package io.tidemark.streams.roster;

import java.util.Optional;

/**
 * Which customers of a tenant to list, and in which order. All filters must hold.
 *
 * @param page from 1
 * @param perPage how many customers a page has
 * @param search part of the name, the e-mail address or the external id, in upper or lower case
 * @param email part of the e-mail address, in upper or lower case
 * @param externalId all of the external id, verbatim
 * @param descending turns the order round, but for those without a value to sort by: they are last in both directions
 */
public record RosterQuery(
        int page,
        int perPage,
        Optional<String> search,
        Optional<String> email,
        Optional<String> externalId,
        SortBy sortBy,
        boolean descending) {

    /** Orders. Texts are ordered by code point, names and e-mail addresses as if in lower case; what is equal, by external id. */
    public enum SortBy {
        CREATED_AT,
        NAME,
        EMAIL,
        EXTERNAL_ID,
        LAST_SEEN_AT
    }

    public RosterQuery {
        if (page < 1 || perPage < 1) {
            throw new IllegalArgumentException("page " + page + " of " + perPage);
        }
    }

    /** How many customers come before the page. */
    long before() {
        return (page - 1L) * perPage;
    }
}
