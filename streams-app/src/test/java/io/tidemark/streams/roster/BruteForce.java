package io.tidemark.streams.roster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.directory.Email;
import io.tidemark.streams.roster.RosterQuery.SortBy;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** What a roster should answer, the simple way: every question goes through every customer. */
@NullMarked
final class BruteForce {
    private final Map<String, Customer> customers = new HashMap<>();

    void put(Customer customer) {
        customers.merge(customer.externalId(), customer, (old, now) -> now.version() >= old.version() ? now : old);
    }

    void remove(String externalId) {
        customers.remove(externalId);
    }

    Optional<Customer> byExternalId(String externalId) {
        return Optional.ofNullable(customers.get(externalId));
    }

    Optional<Customer> byId(UUID id) {
        return customers.values().stream()
                .filter(customer -> customer.id().equals(id))
                .findAny();
    }

    List<Customer> withEmail(String email) {
        return customers.values().stream()
                .filter(customer -> !customer.isDeleted())
                .filter(customer -> Optional.ofNullable(text(customer, Detail.EMAIL))
                        .filter(has -> Email.fold(has).equals(Email.fold(email)))
                        .isPresent())
                .toList();
    }

    RosterPage list(RosterQuery query) {
        List<Customer> all = sorted(query);
        int from = (int) Math.min(query.before(), all.size());
        return new RosterPage(all.subList(from, Math.min(all.size(), from + query.perPage())), all.size());
    }

    private List<Customer> sorted(RosterQuery query) {
        var valued = new ArrayList<Customer>();
        var others = new ArrayList<Customer>();
        for (Customer customer : customers.values()) {
            if (!customer.isDeleted() && takes(customer, query)) {
                (value(customer, query.sortBy()) == null ? others : valued).add(customer);
            }
        }
        Comparator<Customer> byId = Comparator.comparing(Customer::externalId, BruteForce::byCodePoints);
        valued.sort(Comparator.<Customer, String>comparing(
                        customer -> String.valueOf(value(customer, query.sortBy())), BruteForce::byCodePoints)
                .thenComparing(byId));
        others.sort(byId);
        if (query.descending()) {
            Collections.reverse(valued);
            Collections.reverse(others);
        }
        valued.addAll(others);
        return valued;
    }

    private static int byCodePoints(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    private static @Nullable String value(Customer customer, SortBy by) {
        return switch (by) {
            case NAME -> folded(text(customer, Detail.NAME));
            case EMAIL -> folded(text(customer, Detail.EMAIL));
            case EXTERNAL_ID -> customer.externalId();
            case CREATED_AT -> customer.createdAt().toString();
            case LAST_SEEN_AT -> customer.lastSeenAt().map(Object::toString).orElse(null);
        };
    }

    private static boolean takes(Customer customer, RosterQuery query) {
        boolean found = query.search()
                .map(part -> isPart(part, text(customer, Detail.NAME))
                        || isPart(part, text(customer, Detail.EMAIL))
                        || isPart(part, customer.externalId()))
                .orElse(true);
        return found
                && query.email()
                        .map(part -> isPart(part, text(customer, Detail.EMAIL)))
                        .orElse(true)
                && query.externalId().map(customer.externalId()::equals).orElse(true);
    }

    private static boolean isPart(String part, @Nullable String text) {
        String folded = folded(text);
        return folded != null && folded.contains(String.valueOf(folded(part)));
    }

    private static @Nullable String text(Customer customer, Detail detail) {
        return customer.details().get(detail);
    }

    private static @Nullable String folded(@Nullable String text) {
        return text == null
                ? null
                : Normalizer.normalize(
                        Normalizer.normalize(text, Normalizer.Form.NFKC)
                                .toUpperCase(Locale.ROOT)
                                .toLowerCase(Locale.ROOT)
                                .replace('ς', 'σ'),
                        Normalizer.Form.NFKC);
    }
}
