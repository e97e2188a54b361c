package io.tidemark.query.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.query.FakeUsage.AskedForAll;
import io.tidemark.query.OpenDoor;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageByCustomer.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportCommandTest {
    private static final int MANY = 2_345;
    private static final Instant AS_OF = Instant.parse("2026-11-20T12:34:56.123Z");
    private static final String[] OCTOBER = {"export", "--period", "2026-10", "--timezone", "Europe/Berlin"};

    @TempDir
    private Path directory = Path.of("");

    private final OpenDoor door = new OpenDoor();
    private final Shell shell = new Shell();
    private final TreeMap<String, Row> customers = new TreeMap<>();
    private List<Integer> missing = List.of();

    /** What happens before a question is answered, by its number from 0; another answer than the usual one, or none. */
    private IntFunction<Optional<Answer<UsageByCustomer>>> before = number -> Optional.empty();

    @BeforeEach
    void pointAtTheDoor() {
        shell.environment.put("TIDEMARK_URL", "http://127.0.0.1:" + door.port());
        shell.environment.put("TIDEMARK_API_KEY", OpenDoor.KEY);
        door.usage.answersForAllWith(this::page);
    }

    @AfterEach
    void close() {
        door.close();
    }

    private synchronized Answer<UsageByCustomer> page(AskedForAll asked) {
        var other = before.apply(door.usage.askedForAll.size() - 1);
        if (other.isPresent()) {
            return other.get();
        }
        var after = asked.query().after().map(key -> customers.tailMap(key.externalId(), false));
        List<Row> rest = new ArrayList<>(after.orElse(customers).values());
        List<Row> rows = rest.subList(0, Math.min(asked.query().limit(), rest.size()));
        boolean alone = asked.query().rowsOnly();
        Sums totals = customers.values().stream().map(Row::sums).reduce(Sums.NONE, Sums::plus);
        return new Answer.Found<>(new UsageByCustomer(
                asked.period(),
                SortBy.EXTERNAL_ID,
                rows,
                alone ? Sums.NONE : totals,
                alone ? 0 : customers.values().stream().mapToLong(Row::requests).sum(),
                BigDecimal.ZERO,
                alone ? 0 : customers.size(),
                alone ? 0 : 3,
                rest.size() > rows.size(),
                new Freshness(
                        AS_OF.plusSeconds(door.usage.askedForAll.size()), missing, "position-" + customers.size())));
    }

    private void uses(String customer, @Nullable String name, String credits, Map<String, String> cost) {
        var amounts = new TreeMap<String, BigDecimal>();
        cost.forEach((currency, amount) -> amounts.put(currency, new BigDecimal(amount)));
        var sums = new Sums(
                2,
                BigInteger.TWO,
                BigInteger.ONE,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigDecimal.TEN,
                new BigDecimal(credits),
                amounts);
        customers.put(
                customer,
                new Row(
                        customer,
                        Optional.ofNullable(name).map(any -> new UUID(7, 7)),
                        Optional.ofNullable(name),
                        2,
                        sums,
                        BigDecimal.ZERO));
    }

    private void manyUse() {
        for (int i = 0; i < MANY; i++) {
            uses("c" + i, "Name " + i, i + ".000000001", Map.of("USD", "0.1"));
        }
    }

    private int run(String... more) {
        var arguments = new ArrayList<>(List.of(OCTOBER));
        arguments.addAll(List.of(more));
        return shell.run(arguments.toArray(new String[0]));
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void writesARowForEachCustomerExactly() {
        uses("c,1", "Ann \"A\"\nÄß 日本 \ud83d\ude00", "-1.25", Map.of("USD", "12345678901234567890123456789.000000001"));
        uses("c2", null, "0", Map.of("EUR", "-0.5"));
        assertThat(run()).as(shell.err).isZero();
        assertThat(shell.out)
                .isEqualTo(
                        "customer_id,external_id,name,from,to,requests,input_tokens,output_tokens,credits,cost_eur,cost_usd\r\n"
                                + "00000000-0000-0007-0000-000000000007,\"c,1\",\"Ann \"\"A\"\"\nÄß 日本 \ud83d\ude00\","
                                + "2026-10-01T00:00:00+02:00,2026-11-01T00:00:00+01:00,2,2,1,-1.25,,12345678901234567890123456789.000000001\r\n"
                                + "\"\",c2,,2026-10-01T00:00:00+02:00,2026-11-01T00:00:00+01:00,2,2,1,0,-0.5,\r\n");
        assertThat(run("--format", "ndjson")).isZero();
        assertThat(shell.out.lines().skip(1).findFirst().orElseThrow())
                .isEqualTo(
                        "{\"customer_id\":null,\"external_id\":\"c2\",\"name\":null,\"requests\":2,\"input_tokens\":2,"
                                + "\"output_tokens\":1,\"credits\":\"0\",\"cost\":[{\"currency\":\"EUR\",\"amount\":\"-0.5\"}],\"share\":null,"
                                + "\"period\":{\"from\":\"2026-09-30T22:00:00Z\",\"to\":\"2026-10-31T23:00:00Z\"}}");
        assertThat(shell.err)
                .contains(
                        "2 customers, 2026-09-30T22:00:00Z/2026-10-31T23:00:00Z by the calendar of Europe/Berlin; 3 inactive",
                        "as_of=2026-11-20T12:34:59.123Z complete=true unchanged=true position=position-2")
                .doesNotContain("not over");
    }

    @Test
    void guardsTextsInCsvAndNothingInNdjson() {
        uses("-1", "=1+1", "-3", Map.of());
        assertThat(run()).isZero();
        assertThat(shell.out).contains(",'-1,'=1+1,").contains(",-3\r\n");
        assertThat(run("--format", "NDJSON")).isZero();
        assertThat(shell.out).contains("\"external_id\":\"-1\",\"name\":\"=1+1\"");
    }

    @Test
    void goesThroughAllPagesByTheCursorAndTwiceIsTheSame() throws Exception {
        manyUse();
        Path first = directory.resolve("first.csv");
        assertThat(run("--output", first.toString(), "--after", "some-position"))
                .as(shell.err)
                .isZero();
        assertThat(shell.out).isEmpty();
        assertThat(door.usage.askedForAll).hasSize(4);
        assertThat(door.usage.askedForAll)
                .extracting(asked -> asked.query().rowsOnly())
                .as("totals first and last")
                .containsExactly(false, true, true, false);
        assertThat(door.usage.askedForAll)
                .extracting(asked -> asked.waiting().after().orElse(""))
                .containsExactly("some-position", "position-" + MANY, "position-" + MANY, "position-" + MANY);
        assertThat(door.usage.askedForAll.stream().map(AskedForAll::period).distinct())
                .hasSize(1);
        List<String> lines = Files.readString(first).lines().toList();
        assertThat(lines).hasSize(MANY + 1);
        assertThat(lines.stream().skip(1).map(line -> line.split(",", -1)[1]))
                .containsExactlyElementsOf(customers.keySet());
        Path second = directory.resolve("second.csv");
        assertThat(run("--output", second.toString())).isZero();
        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(run()).isZero();
        assertThat(shell.out).isEqualTo(Files.readString(first));
        assertThat(files()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void asksForWhatItIsTold() throws Exception {
        uses("a", null, "1", Map.of("EUR", "1"));
        assertThat(shell.run(
                        "export",
                        "--from",
                        "2026-10-01T00:00:00Z",
                        "--to",
                        "2026-10-15T00:00:00Z",
                        "--meter",
                        "gb",
                        "--currency",
                        "NPR",
                        "--include-inactive"))
                .as(shell.err)
                .isZero();
        assertThat(shell.err).contains("by the calendar of UTC\n");
        AskedForAll asked = door.usage.askedForAll.get(0);
        assertThat(asked.period().to()).isEqualTo(Instant.parse("2026-10-15T00:00:00Z"));
        assertThat(asked.query().meter()).contains("gb");
        assertThat(asked.query().currency()).contains("NPR");
        assertThat(asked.query().includeInactive()).isTrue();
        assertThat(shell.out.lines())
                .containsExactly(
                        "customer_id,external_id,name,from,to,requests,input_tokens,output_tokens,quantity,credits,cost_eur,cost_npr",
                        "\"\",a,,2026-10-01T00:00:00Z,2026-10-15T00:00:00Z,2,2,1,10,1,1,");
    }

    @Test
    void asksAgainWhatIsBusyOrMoves() {
        manyUse();
        before = number -> number == 1
                ? Optional.of(new Answer.NotReady<>(Answer.Reason.BUSY, "busy"))
                : number == 2 ? Optional.of(new Answer.NotReady<>(Answer.Reason.MOVING, "moving")) : Optional.empty();
        assertThat(run()).as(shell.err).isZero();
        assertThat(shell.out.lines()).hasSize(MANY + 1);
        assertThat(door.usage.askedForAll).hasSize(6);
    }

    @Test
    void leavesNothingWhereAnAnswerIsNotComplete() throws Exception {
        manyUse();
        Path file = Files.writeString(directory.resolve("old.csv"), "as it was");
        before = number -> {
            missing = number < 1 ? List.of() : List.of(3);
            return Optional.empty();
        };
        assertThat(run("--output", file.toString(), "--wait", "0s")).isEqualTo(1);
        assertThat(shell.err).contains("error: partitions [3] are in no answer").doesNotContain("as_of=");
        assertThat(file).hasContent("as it was");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void leavesNothingWhereItIsRefused() throws Exception {
        shell.environment.put("TIDEMARK_API_KEY", OpenDoor.WRITE_KEY);
        assertThat(run("--output", directory.resolve("new.csv").toString())).isEqualTo(1);
        assertThat(shell.err).contains("error: 403");
        assertThat(files()).isEmpty();
    }

    @Test
    void saysThatItChangedWhileItRan() {
        manyUse();
        before = number -> {
            if (number == 1) {
                uses("c0", "Name 0", "5", Map.of("USD", "0.1"));
            }
            return Optional.empty();
        };
        assertThat(run()).isZero();
        assertThat(shell.out.lines()).hasSize(MANY + 1);
        assertThat(shell.err)
                .contains(
                        "unchanged=false",
                        "each row is exact, and contains the position",
                        "to 2026-11-20T12:34:59.123Z");
    }

    /** Also where what was used before and after adds up to the same. */
    @Test
    void saysThatRowsAreNotOfOneMomentThoughTotalsAre() {
        manyUse();
        before = number -> {
            if (number == 1) {
                uses("c0", "Name 0", "1.000000001", Map.of("USD", "0.1"));
                uses("c999", "Name 999", "998.000000001", Map.of("USD", "0.1"));
            }
            return Optional.empty();
        };
        assertThat(run()).isZero();
        assertThat(shell.err).contains("unchanged=false");
    }

    @Test
    void isNotACsvWhoseColumnsChangeHalfWay() throws Exception {
        manyUse();
        before = number -> {
            if (number == 1) {
                uses("zz", null, "1", Map.of("NPR", "1"));
            }
            return Optional.empty();
        };
        assertThat(run("--output", directory.resolve("new.csv").toString())).isEqualTo(1);
        assertThat(shell.err).contains("error: the first cost in NPR came while it ran");
        assertThat(files()).isEmpty();
        customers.remove("zz");
        door.usage.askedForAll.clear();
        assertThat(run("--format", "ndjson")).as("which NDJSON can be").isZero();
        assertThat(shell.out).contains("NPR");
    }

    @Test
    void saysThatThePeriodIsNotOver() throws Exception {
        uses("a", null, "1", Map.of());
        assertThat(shell.run("export", "--period", "2026-12")).isZero();
        assertThat(shell.err).contains("the period is not over");
    }

    @Test
    void hasAHeaderWhereNobodyUsedAnything() {
        assertThat(run()).isZero();
        assertThat(shell.out)
                .isEqualTo("customer_id,external_id,name,from,to,requests,input_tokens,output_tokens,credits\r\n");
        assertThat(run("--format", "ndjson")).isZero();
        assertThat(shell.out).isEmpty();
    }

    @Test
    void isReadBackAsTheRowsTheyWere() throws Exception {
        manyUse();
        assertThat(run("--format", "ndjson")).isZero();
        var json = new ObjectMapper();
        var ids = new ArrayList<String>();
        for (String line : shell.out.lines().toList()) {
            ids.add(((ObjectNode) json.readTree(line)).path("external_id").asText());
        }
        assertThat(ids).containsExactlyElementsOf(customers.keySet());
    }

    @Test
    void listsWhatIsWrongWithTheCallAtOnce() throws Exception {
        int code = shell.run(
                "export",
                "--format",
                "xml",
                "--output",
                directory.resolve("no/such.csv").toString(),
                "--wait",
                "x");
        assertThat(code).isEqualTo(2);
        assertThat(shell.err)
                .contains("--format", "--wait", "--period is missing", "no directory that may be written to");
        assertThat(run("--from", "2026-10-01T00:00:00Z")).isEqualTo(2);
        assertThat(shell.err).contains("--period goes without --from and --to");
        assertThat(run("--output", directory.toString())).isEqualTo(2);
        assertThat(shell.err).contains("is there and no file");
        assertThat(shell.run("export", "--period", "October")).isEqualTo(1);
        assertThat(shell.err).contains("error: 400", "error: period must be");
    }
}
