package io.tidemark.streams.directory;

import static io.tidemark.streams.fixtures.Events.TENANT;
import static io.tidemark.streams.fixtures.Events.request;
import static io.tidemark.streams.fixtures.Events.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory in the topology: what it hears, what it writes, and what comes back beside the usage. */
@NullMarked
class DirectoryTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Period MONTH = new Period(NOW.minus(20, ChronoUnit.DAYS), NOW.plus(1, ChronoUnit.DAYS));

    @TempDir
    private Path directory;

    private Machine machine;

    @BeforeEach
    void start() {
        machine = new Machine(directory, NOW);
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    @Test
    void hearsOfEachNewCustomerOnce() {
        for (int i = 0; i < 2_000; i++) {
            String customer = "c" + i % 150;
            machine.append(
                    i % 3 == 0
                            ? usage("u" + i, customer, NOW, "1").build()
                            : request("r" + i, customer, NOW).build(),
                    NOW.plusMillis(i));
        }
        assertThat(machine.written(Machine.TOPICS.customerCommands())).hasSize(150);
        assertThat(customers()).hasSize(150).allSatisfy((name, customer) -> {
            assertThat(customer.autoCreated()).isTrue();
            assertThat(customer.version()).isEqualTo(1);
            assertThat(customer.id().version()).isEqualTo(7);
        });
    }

    @Test
    void refreshesWhenACustomerWasLastSeenOnceAnHour() {
        for (int minute = 0; minute <= 180; minute++) {
            Instant at = NOW.plus(minute, ChronoUnit.MINUTES);
            machine.append(request("r" + minute, "c", at).build(), at);
        }
        assertThat(machine.written(Machine.TOPICS.customerCommands())).hasSize(4);
        Customer customer = customer();
        assertThat(customer.firstSeenAt()).hasValue(NOW);
        assertThat(customer.lastSeenAt()).hasValue(NOW.plus(3, ChronoUnit.HOURS));
        assertThat(customer.version()).isEqualTo(1);
    }

    @Test
    void showsARenameInUsageByCustomer() {
        machine.append(request("r", "c", NOW).build(), NOW);
        assertThat(byCustomer(false).rows().get(0).name()).isEmpty();
        machine.command(update("c", Details.NONE.with(Detail.NAME, "Ada"), null));
        var row = byCustomer(false).rows().get(0);
        assertThat(row.name()).hasValue("Ada");
        assertThat(row.id()).hasValue(customer().id());
    }

    @Test
    void leavesInactiveAndDeletedCustomersOutOfReportsAndCountsThem() {
        for (String customer : List.of("a", "b", "c")) {
            machine.append(request("r", customer, NOW).build(), NOW.minusSeconds(1));
        }
        machine.command(update("a", Details.NONE, false));
        machine.command(new Command.Delete(uuid(), TENANT, "b", OptionalLong.empty()));
        UsageByCustomer reported = byCustomer(false);
        assertThat(reported.rows()).extracting(UsageByCustomer.Row::externalId).containsExactly("c");
        assertThat(reported.excluded()).isEqualTo(2);
        assertThat(reported.totalRequests()).isEqualTo(1);
        assertThat(byCustomer(true).rows()).hasSize(3);
        machine.command(update("a", Details.NONE, true));
        assertThat(byCustomer(false).rows()).hasSize(2);
    }

    @Test
    void revivesADeletedCustomerByItsNextEvent() {
        machine.append(request("r1", "c", NOW.minusSeconds(60)).build(), NOW.minusSeconds(60));
        UUID id = customer().id();
        machine.command(new Command.Delete(uuid(), TENANT, "c", OptionalLong.empty()));
        assertThat(customer().isDeleted()).isTrue();

        // A repeat and an event that is rejected are nothing the customer did.
        machine.append(request("r1", "c", NOW.minusSeconds(60)).build(), NOW.plusSeconds(1));
        machine.append(request("r2", "c", NOW.plus(9, ChronoUnit.DAYS)).build(), NOW.plusSeconds(1));
        assertThat(customers()).isEmpty();
        machine.append(request("r3", "c", NOW).build(), NOW.plusSeconds(1));

        Customer revived = customer();
        assertThat(revived.isDeleted()).isFalse();
        assertThat(revived.id()).isEqualTo(id);
        assertThat(machine.progress().get(0).count(Fate.COUNTED)).isEqualTo(2);
        assertThat(byCustomer(false).excluded()).isZero();
    }

    @Test
    void revivesACustomerWhoseEventWasCountedBeforeItsDeletionGotHere() {
        machine.append(request("r1", "c", NOW).build(), NOW);
        // Appended after the deletion by the brokers' clock, counted before the deletion came back to the usage.
        machine.append(request("r2", "c", NOW).build(), NOW.plusSeconds(2));
        machine.command(new Command.Delete(uuid(), TENANT, "c", OptionalLong.empty()));
        assertThat(customer().isDeleted()).isFalse();
    }

    @Test
    void answersACommandThatComesTwiceTheSameAndDoesItOnce() {
        var create =
                new Command.Create(uuid(), 7, TENANT, "c", uuid(), Details.NONE.with(Detail.EMAIL, "a@x.org"), null);
        machine.command(create);
        machine.command(create);
        List<ResultRecord> results = results();
        assertThat(results).hasSize(2);
        assertThat(results.get(0)).isEqualTo(results.get(1));
        assertThat(results.get(0).outcome()).isInstanceOf(Outcome.Created.class);
        machine.command(new Command.Create(create.commandId(), 8, TENANT, "d", uuid(), Details.NONE, null));
        assertThat(results()).extracting(ResultRecord::outcome).containsExactly(new Outcome.Reused());
        assertThat(machine.written(Machine.TOPICS.customers())).hasSize(1);
    }

    @Test
    void forgetsCommandsAfterADay() {
        var update = update("c", Details.NONE.with(Detail.NAME, "n"), null);
        machine.command(update);
        machine.append(request("r1", "c", NOW).build(), NOW);
        machine.command(update);
        assertThat(results()).extracting(ResultRecord::outcome).containsOnly(new Outcome.NotFound());
        machine.pass(Decide.COMMANDS_KNOWN_FOR.plusSeconds(20));
        machine.command(update);
        assertThat(results().get(0).outcome()).isInstanceOf(Outcome.Updated.class);
    }

    @Test
    void skipsWhatIsNoCommandAndGoesOn() {
        byte[] good = CommandRecord.encode(update("c", Details.NONE, null));
        byte[] broken = good.clone();
        Arrays.fill(broken, 10, broken.length, (byte) 'x');
        for (byte[] value : List.of(new byte[0], new byte[] {1, 2, 3}, broken, Arrays.copyOf(good, good.length / 2))) {
            machine.command(value);
        }
        machine.command(CommandRecord.encode(new Command.Sighting("a/b", "c", uuid(), NOW, NOW)));
        machine.command(good);
        assertThat(results()).hasSize(1);
        assertThat(customers()).isEmpty();
    }

    @Test
    void tellsOfCustomersLaterWhenTheRegistryWasAway() {
        machine.wire.idOf(Machine.TOPICS.customers());
        machine.append(request("r1", "c", NOW).build(), NOW);
        customers();
        machine.wire.away(true);
        machine.command(update("c", Details.NONE.with(Detail.NAME, "Ada"), null));
        assertThat(results()).hasSize(1);
        machine.pass(Duration.ofSeconds(1));
        assertThat(customers()).isEmpty();
        machine.wire.away(false);
        machine.pass(Duration.ofSeconds(1));
        assertThat(customer().details().get(Detail.NAME)).isEqualTo("Ada");
        machine.pass(Duration.ofSeconds(1));
        assertThat(customers()).isEmpty();
    }

    private static UUID uuid() {
        return UUID.randomUUID();
    }

    private static Command.Update update(
            String customer, Details details, @org.jspecify.annotations.Nullable Boolean active) {
        return new Command.Update(uuid(), TENANT, customer, OptionalLong.empty(), details, active);
    }

    /** The customers written since this was last asked, the latest of each. */
    private Map<String, Customer> customers() {
        var latest = new LinkedHashMap<String, Customer>();
        for (TestRecord<byte[], byte[]> record : machine.written(Machine.TOPICS.customers())) {
            Customer customer = new CustomerRecord()
                    .decode(record.value(), record.headers())
                    .orElseThrow();
            latest.put(customer.externalId(), customer);
        }
        return latest;
    }

    /** The only one that was written since this was last asked, as it is now. */
    private Customer customer() {
        Map<String, Customer> all = customers();
        assertThat(all).containsOnlyKeys("c");
        return all.values().iterator().next();
    }

    private List<ResultRecord> results() {
        return machine.written(Machine.TOPICS.customerResults()).stream()
                .map(record -> ResultRecord.decode(record.value()).orElseThrow())
                .toList();
    }

    private UsageByCustomer byCustomer(boolean includeInactive) {
        var query = new ByCustomerQuery(
                Optional.of(ByCustomerQuery.SortBy.EXTERNAL_ID),
                false,
                Optional.empty(),
                Optional.empty(),
                includeInactive,
                10,
                Optional.empty());
        var answer = machine.usage().byCustomer(TENANT, MONTH, query, Wait.NOT);
        assertThat(answer).isInstanceOf(Answer.Found.class);
        return ((Answer.Found<UsageByCustomer>) answer).value();
    }
}
