package io.tidemark.query.importing;

import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.CustomerDirectory;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.directory.Outcome;
import io.tidemark.streams.roster.HeldCustomers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** A directory in memory that decides as the real one does, and may lose an answer. */
public final class KeptCustomers implements CustomerDirectory {
    private static final Instant NOW = Instant.parse("2026-10-20T12:34:56Z");

    private final HeldCustomers shown;
    private final Map<String, Customer> customers = new LinkedHashMap<>();
    private final Map<UUID, Outcome> done = new HashMap<>();
    private Predicate<Command.Awaited> before = any -> true;
    private Predicate<Command.Awaited> after = any -> true;
    private boolean forgets;

    public KeptCustomers(HeldCustomers shown) {
        this.shown = shown;
    }

    /** Does nothing of what does not pass, and does not answer. */
    public synchronized void takesOnly(Predicate<Command.Awaited> passing) {
        before = passing;
    }

    /** Does everything, and answers what passes. */
    public synchronized void answersOnly(Predicate<Command.Awaited> passing) {
        after = passing;
    }

    /** Does what it did before once more, as the real one does after a day. */
    public synchronized void forgetsWhatItDid() {
        forgets = true;
    }

    public synchronized Optional<Customer> customer(String externalId) {
        return Optional.ofNullable(customers.get(externalId));
    }

    public synchronized int size() {
        return customers.size();
    }

    @Override
    public synchronized Optional<Done> send(Command.Awaited command, Duration atMost) {
        if (!before.test(command)) {
            return Optional.empty();
        }
        Outcome known = forgets ? null : done.get(command.commandId());
        Outcome outcome = known == null ? decide(command) : known;
        done.put(command.commandId(), outcome);
        return Optional.of(new Done(outcome, Optional.empty())).filter(answered -> after.test(command));
    }

    private Outcome decide(Command.Awaited command) {
        if (command instanceof Command.Create create) {
            return create(create);
        }
        return update((Command.Update) command);
    }

    private Outcome create(Command.Create wish) {
        Customer there = customers.get(wish.externalId());
        if (there != null) {
            return new Outcome.Taken(java.util.List.of(Outcome.Unique.EXTERNAL_ID), there);
        }
        Optional<Customer> holder = holder(wish.externalId(), wish.details());
        if (holder.isPresent()) {
            return new Outcome.Taken(java.util.List.of(Outcome.Unique.EMAIL), holder.get());
        }
        boolean active = wish.active() == null || wish.active();
        var metadata = wish.details().metadata() == null
                ? Map.<String, String>of()
                : wish.details().metadata();
        return new Outcome.Created(put(customer(
                wish.id(),
                wish.tenant(),
                wish.externalId(),
                1,
                new Details(wish.details().texts(), metadata),
                active)));
    }

    private Outcome update(Command.Update wish) {
        Customer known = customers.get(wish.externalId());
        if (known == null) {
            return new Outcome.NotFound();
        }
        if (wish.ifVersion().isPresent() && wish.ifVersion().getAsLong() != known.version()) {
            return new Outcome.Stale(known);
        }
        Optional<Customer> holder = holder(wish.externalId(), wish.details());
        if (holder.isPresent()) {
            return new Outcome.Taken(java.util.List.of(Outcome.Unique.EMAIL), holder.get());
        }
        Details details = changed(known.details(), wish.details());
        boolean active = wish.active() == null ? known.active() : wish.active();
        boolean same = details.equals(known.details()) && active == known.active();
        return new Outcome.Updated(
                same
                        ? known
                        : put(customer(
                                known.id(), known.tenant(), known.externalId(), known.version() + 1, details, active)));
    }

    private static Details changed(Details known, Details wish) {
        var texts = new HashMap<>(known.texts());
        texts.putAll(wish.texts());
        return new Details(texts, wish.metadata() == null ? known.metadata() : wish.metadata());
    }

    private Optional<Customer> holder(String externalId, Details details) {
        String email = details.get(Detail.EMAIL);
        if (email == null) {
            return Optional.empty();
        }
        return customers.values().stream()
                .filter(other -> !other.externalId().equals(externalId))
                .filter(other -> email.equalsIgnoreCase(other.details().get(Detail.EMAIL)))
                .findFirst();
    }

    private Customer put(Customer customer) {
        customers.put(customer.externalId(), customer);
        shown.put(customer);
        return customer;
    }

    private static Customer customer(
            UUID id, String tenant, String externalId, long version, Details details, boolean active) {
        return new Customer(
                id,
                tenant,
                externalId,
                version,
                details,
                active,
                false,
                NOW,
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
