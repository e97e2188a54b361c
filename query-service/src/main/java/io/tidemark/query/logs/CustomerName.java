package io.tidemark.query.logs;

import io.tidemark.query.customers.Customers;
import io.tidemark.streams.directory.Customer;

/**
 * Who is meant by a parameter.
 *
 * @param mayBeOurs whether it may be our UUID, which goes before an external id of the same letters
 */
record CustomerName(String id, boolean mayBeOurs) {

    /** By external id; of whoever nobody knows, what was said: there may be requests that the directory has not heard of yet. */
    String externalId(String tenant, Customers customers) {
        return customers.meant(tenant, id, mayBeOurs).map(Customer::externalId).orElse(id);
    }
}
