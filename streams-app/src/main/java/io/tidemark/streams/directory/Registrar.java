package io.tidemark.streams.directory;

import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.directory.Outcome.Unique;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Decides commands, one after the other, and writes what it decided. */
final class Registrar {
    /** How long word of an event may take to get here. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

    private final DirectoryStore store;
    private final BinaryOperator<String> pseudonyms;

    /** @param pseudonyms makes one of tenant and external id */
    Registrar(DirectoryStore store, BinaryOperator<String> pseudonyms) {
        this.store = store;
        this.pseudonyms = pseudonyms;
    }

    /**
     * What came of a command.
     *
     * @param changed the customer as it is now, where it is not as it was
     * @param was the external id it had, where it has another now
     */
    record Decision(Outcome outcome, Optional<Customer> changed, Optional<String> was) {
        private Decision(Outcome outcome, Customer changed) {
            this(outcome, Optional.of(changed), Optional.empty());
        }

        private static Decision not(Outcome outcome) {
            return new Decision(outcome, Optional.empty(), Optional.empty());
        }
    }

    Decision decide(Command command, Instant now) {
        if (command instanceof Command.Create create) {
            return create(create, now);
        } else if (command instanceof Command.GetOrCreate get) {
            return getOrCreate(get, now);
        } else if (command instanceof Command.Update update) {
            return update(update, now);
        } else if (command instanceof Command.Delete delete) {
            return delete(delete, now);
        } else if (command instanceof Command.Erase erase) {
            return erase(erase, now);
        } else if (command instanceof Command.Restore restore) {
            return restore(restore.customer());
        }
        return sight((Command.Sighting) command, now);
    }

    private Decision create(Command.Create wish, Instant now) {
        Optional<Customer> known = store.customer(wish.tenant(), wish.externalId());
        Optional<Customer> holder =
                known.filter(customer -> !customer.isDeleted()).or(() -> withUuid(wish.tenant(), wish.externalId()));
        Optional<Customer> sameEmail = othersWithEmail(wish, wish.details());
        if (holder.isPresent()) {
            return taken(holder.get(), sameEmail.isPresent() ? List.of(Unique.values()) : List.of(Unique.EXTERNAL_ID));
        } else if (sameEmail.isPresent()) {
            return taken(sameEmail.get(), List.of(Unique.EMAIL));
        }
        var customer = new Customer(
                known.map(Customer::id).orElse(wish.id()),
                wish.tenant(),
                wish.externalId(),
                known.map(Customer::version).orElse(0L) + 1,
                Details.UNKNOWN.changedBy(wish.details()),
                wish.active() == null || wish.active(),
                false,
                known.map(Customer::createdAt).orElse(now),
                now,
                known.flatMap(Customer::firstSeenAt),
                known.flatMap(Customer::lastSeenAt),
                Optional.empty());
        return new Decision(new Outcome.Created(customer), write(null, customer));
    }

    private static Decision taken(Customer by, List<Unique> fields) {
        return Decision.not(new Outcome.Taken(fields, by));
    }

    private Decision getOrCreate(Command.GetOrCreate wish, Instant now) {
        Optional<Customer> there = wish.by() == Unique.EMAIL
                ? email(wish.wish().details()).flatMap(email -> store.byEmail(wish.tenant(), email))
                : live(wish);
        return there.map(customer -> Decision.not(new Outcome.Found(customer)))
                .orElseGet(() -> create(wish.wish(), now));
    }

    /** The customer whose UUID an external id is: a path could not tell the two apart. */
    private Optional<Customer> withUuid(String tenant, String externalId) {
        return uuid(externalId)
                .flatMap(id -> store.byId(tenant, id))
                .filter(other -> !other.externalId().equals(externalId));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            var id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private Optional<Customer> othersWithEmail(Command wish, Details details) {
        return email(details)
                .flatMap(email -> store.byEmail(wish.tenant(), email))
                .filter(other -> !other.externalId().equals(wish.externalId()));
    }

    private static Optional<String> email(Details details) {
        return Optional.ofNullable(details.get(Detail.EMAIL)).map(Email::fold);
    }

    private Decision update(Command.Update wish, Instant now) {
        Optional<Customer> known = live(wish);
        if (known.isEmpty() || isStale(known.get(), wish.ifVersion())) {
            return refused(known);
        }
        Optional<Customer> sameEmail = othersWithEmail(wish, wish.details());
        if (sameEmail.isPresent()) {
            return taken(sameEmail.get(), List.of(Unique.EMAIL));
        }
        Customer before = known.get();
        Details details = before.details().changedBy(wish.details());
        boolean active = wish.active() == null ? before.active() : wish.active();
        if (details.equals(before.details()) && active == before.active()) {
            return Decision.not(new Outcome.Updated(before));
        }
        Customer after = before.changed(details, active, Optional.empty(), now);
        return new Decision(new Outcome.Updated(after), write(before, after));
    }

    private Decision delete(Command.Delete wish, Instant now) {
        Optional<Customer> known = live(wish);
        if (known.isEmpty() || isStale(known.get(), wish.ifVersion())) {
            return refused(known);
        }
        Customer before = known.get();
        Customer after = before.changed(before.details(), before.active(), Optional.of(now), now);
        return new Decision(new Outcome.Deleted(after), write(before, after));
    }

    private Decision erase(Command.Erase wish, Instant now) {
        Optional<Customer> known = store.customer(wish.tenant(), wish.externalId());
        if (known.isEmpty() || isStale(known.get(), wish.ifVersion())) {
            return refused(known);
        }
        Customer before = known.get();
        if (before.isErased()) {
            return Decision.not(new Outcome.Erased(before));
        }
        Customer after = before.erased(pseudonyms.apply(wish.tenant(), wish.externalId()), now);
        store.remove(before);
        write(before, after);
        store.done().tellOf(after);
        store.done().erased(wish.tenant(), wish.externalId(), now);
        return new Decision(new Outcome.Erased(after), Optional.of(after), Optional.of(before.externalId()));
    }

    private Optional<Customer> live(Command wish) {
        return store.customer(wish.tenant(), wish.externalId()).filter(customer -> !customer.isDeleted());
    }

    private static boolean isStale(Customer known, OptionalLong ifVersion) {
        return ifVersion.isPresent() && ifVersion.getAsLong() != known.version();
    }

    private static Decision refused(Optional<Customer> known) {
        return Decision.not(known.<Outcome>map(Outcome.Stale::new).orElseGet(Outcome.NotFound::new));
    }

    private Decision sight(Command.Sighting seen, Instant now) {
        Optional<Customer> known = store.customer(seen.tenant(), seen.externalId());
        if (known.isEmpty() && wasOnItsWay(seen, now)) {
            return Decision.not(new Outcome.NotFound());
        }
        Customer before = known.orElseGet(() -> Customer.sighted(seen, now));
        boolean revived = before.deletedAt()
                .filter(deleted -> !seen.lastSeenAt().isBefore(deleted))
                .isPresent();
        Customer alive = revived ? revived(before, seen, now) : before;
        Customer after = alive.seen(seen.firstSeenAt(), seen.lastSeenAt());
        if (known.isPresent() && after.equals(before)) {
            return Decision.not(new Outcome.Updated(before));
        }
        return new Decision(new Outcome.Updated(after), write(known.orElse(null), after));
    }

    /** Word of an event that was counted before its customer was erased would bring the erased id back. */
    private boolean wasOnItsWay(Command.Sighting seen, Instant now) {
        return store.done()
                .erasedAt(seen.tenant(), seen.externalId())
                .filter(erased -> seen.lastSeenAt().isBefore(erased) && now.isBefore(erased.plus(ON_ITS_WAY)))
                .isPresent();
    }

    private Customer revived(Customer deleted, Command.Sighting seen, Instant now) {
        boolean emailIsTaken = othersWithEmail(seen, deleted.details()).isPresent();
        Details details = emailIsTaken ? deleted.details().with(Detail.EMAIL, null) : deleted.details();
        return deleted.changed(details, deleted.active(), Optional.empty(), now);
    }

    /** Nobody is told: it is out of what everybody was told. */
    private Decision restore(Customer customer) {
        Optional<Customer> known = store.customer(customer.tenant(), customer.externalId());
        if (known.isEmpty() || known.get().version() < customer.version()) {
            write(known.orElse(null), customer);
        }
        return Decision.not(new Outcome.Updated(known.orElse(customer)));
    }

    /** Writes a customer, and gives it its e-mail address and takes away the one it had. */
    private Customer write(@Nullable Customer before, Customer after) {
        Optional<String> had = held(before);
        Optional<String> has = held(after);
        if (!had.equals(has)) {
            had.ifPresent(email -> store.freeEmail(after.tenant(), email));
            has.ifPresent(email -> store.giveEmail(after, email));
        }
        store.put(before, after);
        return after;
    }

    private static Optional<String> held(@Nullable Customer customer) {
        return customer == null || customer.isDeleted() ? Optional.empty() : email(customer.details());
    }
}
