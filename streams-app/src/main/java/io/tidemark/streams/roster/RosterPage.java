package io.tidemark.streams.roster;

import io.tidemark.streams.directory.Customer;
import java.util.List;

/**
 * Some of the customers that were asked for.
 *
 * @param total how many there are on all pages
 */
public record RosterPage(List<Customer> customers, int total) {

    public RosterPage {
        customers = List.copyOf(customers);
    }
}
