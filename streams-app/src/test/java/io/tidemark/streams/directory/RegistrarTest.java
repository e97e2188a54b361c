package io.tidemark.streams.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.AvroTrust;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.directory.Outcome.Unique;
import io.tidemark.streams.fixtures.Shelf;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory against a map that is searched from end to end. */
@NullMarked
class RegistrarTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final List<String> TENANTS = List.of("acme", "other");
    private static final List<String> EMAILS = List.of("Ada@Example.com", "ada@example.COM ", "bob@x.org", "eve@x.org");

    static {
        AvroTrust.establish();
    }

    @TempDir
    private Path directory;

    private Shelf shelf;
    private DirectoryStore store;
    private Registrar registrar;
    private final Map<String, Customer> oracle = new HashMap<>();
    private final Random random = new Random(Long.getLong("tidemark.seed", 7));
    private Instant now = NOW;

    @BeforeEach
    void open() {
        shelf = new Shelf(directory, DirectoryStore.builder());
        store = new DirectoryStore(shelf.keyValue());
        registrar = new Registrar(store, (tenant, id) -> Pseudonym.of(tenant, id, 12, UUID::randomUUID));
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    @Test
    void decidesAsAMapThatIsSearchedFromEndToEndWould() {
        for (int i = 0; i < 5_000; i++) {
            now = now.plusSeconds(1);
            Command command = any();
            Outcome wanted = wanted(command);
            assertThat(registrar.decide(command, now).outcome())
                    .as("%d: %s", i, command)
                    .isEqualTo(wanted);
            String key = command.tenant() + "/" + command.externalId();
            assertThat(store.customer(command.tenant(), command.externalId()).orElse(null))
                    .isEqualTo(oracle.get(key));
        }
        assertThat(oracle.values()).anyMatch(Customer::isDeleted).anyMatch(Customer::autoCreated);
    }

    @Test
    void takesOverWhatAnotherDeploymentKnew() {
        var create =
                new Command.Create(uuid(), 0, "acme", "c", uuid(), Details.NONE.with(Detail.EMAIL, "a@x.org"), null);
        registrar.decide(create, now);
        Customer known = store.customer("acme", "c").orElseThrow();
        var later = new Customer(
                known.id(),
                "acme",
                "c",
                5,
                known.details().with(Detail.EMAIL, "b@x.org"),
                true,
                false,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(registrar.decide(new Command.Restore(later), now).changed()).isEmpty();
        assertThat(store.customer("acme", "c")).hasValue(later);
        assertThat(store.byId("acme", known.id())).hasValue(later);
        assertThat(store.byEmail("acme", "b@x.org")).hasValue(later);
        assertThat(store.byEmail("acme", "a@x.org")).isEmpty();
        registrar.decide(new Command.Restore(known), now);
        assertThat(store.customer("acme", "c")).hasValue(later);
    }

    private Command any() {
        String tenant = TENANTS.get(random.nextInt(2));
        String id = random.nextInt(10) == 0 && !oracle.isEmpty() ? someUuid() : "c" + random.nextInt(6);
        OptionalLong ifVersion = random.nextInt(3) == 0 ? OptionalLong.of(random.nextInt(8)) : OptionalLong.empty();
        @Nullable Boolean active = random.nextInt(3) == 0 ? Boolean.valueOf(random.nextBoolean()) : null;
        return switch (random.nextInt(5)) {
            case 0 -> {
                var create = new Command.Create(uuid(), 0, tenant, id, uuid(), details(), active);
                yield switch (random.nextInt(3)) {
                    case 0 -> new Command.GetOrCreate(create, Unique.EXTERNAL_ID);
                    case 1 -> new Command.GetOrCreate(create, Unique.EMAIL);
                    default -> create;
                };
            }
            case 1 -> new Command.Delete(uuid(), tenant, id, ifVersion);
            case 2 -> {
                Instant seen = now.minusSeconds(random.nextInt(5));
                yield new Command.Sighting(tenant, id, uuid(), seen.minusSeconds(random.nextInt(9)), seen);
            }
            default -> new Command.Update(uuid(), tenant, id, ifVersion, details(), active);
        };
    }

    private String someUuid() {
        return List.copyOf(oracle.values())
                .get(random.nextInt(oracle.size()))
                .id()
                .toString();
    }

    private UUID uuid() {
        return UuidV7.next(now, random);
    }

    private Details details() {
        Details details = new Details(Map.of(), random.nextBoolean() ? null : Map.of("k", "" + random.nextInt(3)));
        if (random.nextBoolean()) {
            details = details.with(Detail.NAME, "n" + random.nextInt(3));
        }
        return random.nextBoolean() ? details.with(Detail.EMAIL, EMAILS.get(random.nextInt(EMAILS.size()))) : details;
    }

    private Outcome wanted(Command command) {
        String key = command.tenant() + "/" + command.externalId();
        @Nullable Customer known = oracle.get(key);
        boolean live = known != null && !known.isDeleted();
        if (command instanceof Command.GetOrCreate get) {
            Customer there = get.by() == Unique.EXTERNAL_ID
                    ? (live ? known : null)
                    : withEmail(all(command.tenant()), get.wish().details());
            return there != null ? new Outcome.Found(there) : wanted(get.wish());
        }
        if (command instanceof Command.Create create) {
            Customer taker = withEmail(command, create.details());
            List<Unique> taken = taker == null ? List.of(Unique.EXTERNAL_ID) : List.of(Unique.values());
            if (known != null && live) {
                return new Outcome.Taken(taken, known);
            }
            Customer other = others(command).stream()
                    .filter(one -> one.id().toString().equals(create.externalId()))
                    .findFirst()
                    .orElse(null);
            if (other != null) {
                return new Outcome.Taken(taken, other);
            }
            Customer sameEmail = withEmail(command, create.details());
            if (sameEmail != null) {
                return new Outcome.Taken(List.of(Unique.EMAIL), sameEmail);
            }
            boolean active = create.active() == null || create.active();
            Customer made = new Customer(
                    known == null ? create.id() : known.id(),
                    create.tenant(),
                    create.externalId(),
                    known == null ? 1 : known.version() + 1,
                    stored(create.details()),
                    active,
                    false,
                    known == null ? now : known.createdAt(),
                    now,
                    known == null ? Optional.empty() : known.firstSeenAt(),
                    known == null ? Optional.empty() : known.lastSeenAt(),
                    Optional.empty());
            oracle.put(key, made);
            return new Outcome.Created(made);
        }
        if (command instanceof Command.Sighting sighting) {
            return sighted(key, known, sighting);
        }
        if (known == null || !live) {
            return new Outcome.NotFound();
        }
        OptionalLong ifVersion =
                command instanceof Command.Update update ? update.ifVersion() : ((Command.Delete) command).ifVersion();
        if (ifVersion.isPresent() && ifVersion.getAsLong() != known.version()) {
            return new Outcome.Stale(known);
        }
        if (command instanceof Command.Delete) {
            Customer deleted = changed(known, known.details(), known.active(), true);
            oracle.put(key, deleted);
            return new Outcome.Deleted(deleted);
        }
        Command.Update update = (Command.Update) command;
        Customer sameEmail = withEmail(command, update.details());
        if (sameEmail != null) {
            return new Outcome.Taken(List.of(Unique.EMAIL), sameEmail);
        }
        Details after = known.details();
        for (Map.Entry<Detail, String> text : update.details().texts().entrySet()) {
            after = after.with(text.getKey(), text.getValue());
        }
        if (update.details().metadata() != null) {
            after = new Details(after.texts(), update.details().metadata());
        }
        boolean active = update.active() == null ? known.active() : update.active();
        if (!after.equals(known.details()) || active != known.active()) {
            oracle.put(key, changed(known, after, active, false));
        }
        return new Outcome.Updated(Objects.requireNonNull(oracle.get(key)));
    }

    private Outcome sighted(String key, @Nullable Customer known, Command.Sighting seen) {
        Customer before = known != null
                ? known
                : new Customer(
                        seen.id(),
                        seen.tenant(),
                        seen.externalId(),
                        1,
                        new Details(Map.of(), Map.of()),
                        true,
                        true,
                        now,
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        if (before.isDeleted() && !seen.lastSeenAt().isBefore(before.deletedAt().orElseThrow())) {
            boolean taken = withEmail(seen, before.details()) != null;
            Details details = taken ? before.details().with(Detail.EMAIL, null) : before.details();
            before = changed(before, details, before.active(), false);
        }
        List<Instant> all = new ArrayList<>(List.of(seen.firstSeenAt(), seen.lastSeenAt()));
        before.firstSeenAt().ifPresent(all::add);
        before.lastSeenAt().ifPresent(all::add);
        all.sort(null);
        Customer after = new Customer(
                before.id(),
                before.tenant(),
                before.externalId(),
                before.version(),
                before.details(),
                before.active(),
                before.autoCreated(),
                before.createdAt(),
                before.updatedAt(),
                Optional.of(all.get(0)),
                Optional.of(all.get(all.size() - 1)),
                before.deletedAt());
        oracle.put(key, after);
        return new Outcome.Updated(after);
    }

    private Customer changed(Customer known, Details details, boolean active, boolean deleted) {
        return new Customer(
                known.id(),
                known.tenant(),
                known.externalId(),
                known.version() + 1,
                details,
                active,
                known.autoCreated(),
                known.createdAt(),
                now,
                known.firstSeenAt(),
                known.lastSeenAt(),
                deleted ? Optional.of(now) : Optional.empty());
    }

    private List<Customer> all(String tenant) {
        return oracle.values().stream()
                .filter(one -> one.tenant().equals(tenant))
                .toList();
    }

    private List<Customer> others(Command command) {
        return all(command.tenant()).stream()
                .filter(one -> !one.externalId().equals(command.externalId()))
                .toList();
    }

    private @Nullable Customer withEmail(Command command, Details details) {
        return withEmail(others(command), details);
    }

    private static @Nullable Customer withEmail(List<Customer> among, Details details) {
        String email = details.get(Detail.EMAIL);
        return email == null
                ? null
                : among.stream()
                        .filter(one -> !one.isDeleted() && one.details().get(Detail.EMAIL) != null)
                        .filter(one -> Email.fold(
                                        Objects.requireNonNull(one.details().get(Detail.EMAIL)))
                                .equals(Email.fold(email)))
                        .findFirst()
                        .orElse(null);
    }

    /** A record has metadata, if only none. */
    private static Details stored(Details details) {
        return details.metadata() == null ? new Details(details.texts(), Map.of()) : details;
    }
}
