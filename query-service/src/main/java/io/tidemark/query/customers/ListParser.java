package io.tidemark.query.customers;

import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.roster.RosterQuery;
import io.tidemark.streams.roster.RosterQuery.SortBy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the parameters of the list of customers. */
final class ListParser {
    static final List<String> PARAMETERS =
            List.of("page", "per_page", "page_size", "search", "email", "external_id", "sort_by", "sort_dir");

    private static final int DEFAULT_PER_PAGE = 20;
    private static final int MOST_PER_PAGE = 100;
    private static final int LAST_PAGE = 100_000_000;
    private static final int LONGEST = 256;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Set<String> DIRECTIONS = Set.of("asc", "desc");

    private ListParser() {}

    static RosterQuery parse(Parameters parameters, Faults faults) {
        parameters.allowOnly(Set.copyOf(PARAMETERS), faults);
        if (parameters.has("per_page") && parameters.has("page_size")) {
            faults.add("page_size", "is another name of per_page");
        }
        String size = parameters.has("page_size") ? "page_size" : "per_page";
        SortBy sortBy = sortBy(parameters, faults);
        return new RosterQuery(
                number("page", 1, LAST_PAGE, parameters, faults),
                number(size, DEFAULT_PER_PAGE, MOST_PER_PAGE, parameters, faults),
                part("search", parameters, faults),
                part("email", parameters, faults),
                externalId(parameters, faults),
                sortBy,
                descending(sortBy, parameters, faults));
    }

    private static int number(String name, int otherwise, int most, Parameters parameters, Faults faults) {
        String text = parameters.text(name).orElse("" + otherwise);
        int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (number >= 1 && number <= most) {
            return number;
        }
        faults.add(name, "must be a number from 1 to " + most);
        return otherwise;
    }

    /** Nothing is part of everything, as in a search field that was left empty. */
    private static Optional<String> part(String name, Parameters parameters, Faults faults) {
        Optional<String> text = parameters.text(name).map(String::strip).filter(given -> !given.isEmpty());
        if (text.filter(given -> given.length() > LONGEST).isPresent()) {
            faults.add(name, "must have at most " + LONGEST + " characters");
        }
        return text;
    }

    private static Optional<String> externalId(Parameters parameters, Faults faults) {
        Optional<String> id = parameters.text("external_id").filter(given -> !given.isEmpty());
        if (id.isPresent() && !ExternalId.valid(id.get())) {
            faults.add("external_id", ExternalId.COMPLAINT);
        }
        return id;
    }

    private static SortBy sortBy(Parameters parameters, Faults faults) {
        String name = parameters.text("sort_by").orElse("created_at");
        Optional<SortBy> sortBy = Arrays.stream(SortBy.values())
                .filter(sort -> sort.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
        if (sortBy.isEmpty()) {
            faults.add("sort_by", "must be created_at, name, email, external_id or last_seen_at");
        }
        return sortBy.orElse(SortBy.CREATED_AT);
    }

    /** Without a direction times begin with the latest, texts with A. */
    private static boolean descending(SortBy sortBy, Parameters parameters, Faults faults) {
        boolean time = sortBy == SortBy.CREATED_AT || sortBy == SortBy.LAST_SEEN_AT;
        String direction = parameters.text("sort_dir").orElse(time ? "desc" : "asc");
        if (!DIRECTIONS.contains(direction)) {
            faults.add("sort_dir", "must be asc or desc");
        }
        return direction.equals("desc");
    }
}
