package io.tidemark.dev.sample;

import java.time.ZoneId;
import java.util.List;

/** A customer of the reseller. */
record Company(String externalId, String name, String email, ZoneId zone, String country, String currency) {

    /** All of them, the heaviest first. */
    static final List<Company> ALL = Lines.of("companies.tsv").stream()
            .map(column -> new Company(column[0], column[1], column[2], ZoneId.of(column[3]), column[4], column[5]))
            .toList();
}
