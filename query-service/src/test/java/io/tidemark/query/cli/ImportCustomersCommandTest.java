package io.tidemark.query.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.query.OpenDoor;
import io.tidemark.query.importing.KeptCustomers;
import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.CustomerDirectory;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.directory.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportCustomersCommandTest {
    @TempDir
    private Path directory = Path.of("");

    private final OpenDoor door = new OpenDoor();
    private final KeptCustomers kept = new KeptCustomers(door.customers);
    private final Shell shell = new Shell();

    @BeforeEach
    void pointAtTheDoor() {
        door.directory.answersAs(kept);
        shell.environment.put("TIDEMARK_URL", "http://127.0.0.1:" + door.port());
        shell.environment.put("TIDEMARK_API_KEY", OpenDoor.OTHER_KEY);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void makesTheCustomersOfACsvFileFieldByField() throws Exception {
        Path file = file("c.csv", """
                \uFEFFexternal_id,displayName,email,phone,billingAddressCity,currency,timezone,countryCode,locale,is_active,metadata.plan,metadata.a.b\r
                "a,1","Ann ""A"" Äß",Ann@Example.com,+977 1,Springfield,NPR,Asia/Kathmandu,NP,ne-NP,FALSE,pro,x\r
                b/2 %,,,,,,,,,,,\r
                \r
                ,,,,,,,,,,,\r
                c:3,"say ""hi"", you",,,,,,,,true,,\r
                """);
        assertThat(run(file)).as(shell.err).isZero();
        assertThat(result().toString())
                .startsWith("{\"rows\":3,\"done\":3,\"done_before\":0,\"created\":3,\"updated\":0,\"unchanged\":0,"
                        + "\"skipped\":0,\"refused\":0,");
        Customer ann = customer("a,1");
        assertThat(ann.details().texts())
                .isEqualTo(Map.of(
                        Detail.NAME, "Ann \"A\" Äß",
                        Detail.EMAIL, "Ann@Example.com",
                        Detail.PHONE, "+977 1",
                        Detail.BILLING_ADDRESS_CITY, "Springfield",
                        Detail.CURRENCY, "NPR",
                        Detail.TIMEZONE, "Asia/Kathmandu",
                        Detail.COUNTRY_CODE, "NP",
                        Detail.LOCALE, "ne-NP"));
        assertThat(ann.details().metadata()).isEqualTo(Map.of("plan", "pro", "a.b", "x"));
        assertThat(ann.active()).isFalse();
        assertThat(customer("b/2 %").details().texts())
                .as("an empty cell gives nothing")
                .isEmpty();
        assertThat(customer("c:3").details().get(Detail.NAME)).isEqualTo("say \"hi\", you");
        assertThat(directory).isDirectoryNotContaining(path -> path.toString().endsWith(".refused.ndjson"));
    }

    @Test
    void sendsNdjsonAsItIs() throws Exception {
        Path file = file("c.ndjson", """
                {"externalId":"a","name":"Ann","metadata":{"k":"v"},"is_active":false,"phone":null}

                {"external_id":"b"}
                [1]
                {"external_id":"c"
                {"name":"nobody"}
                {"external_id":"d","age":1}""");
        assertThat(run(file)).isEqualTo(1);
        assertThat(counts()).containsExactly(2, 0, 0, 0, 4);
        assertThat(customer("a").details().metadata()).isEqualTo(Map.of("k", "v"));
        List<JsonNode> refused = refused(file);
        assertThat(refused).extracting(row -> row.get("line").asInt()).containsExactly(4, 5, 6, 7);
        assertThat(refused.get(0).get("faults").toString()).contains("is no JSON object");
        assertThat(refused.get(1).get("row").asText()).isEqualTo("{\"external_id\":\"c\"");
        assertThat(refused.get(2).toString())
                .isEqualTo("{\"line\":6,\"external_id\":null,\"status\":null,\"faults\":[{\"column\":\"external_id\","
                        + "\"message\":\"is needed\"}],\"row\":{\"name\":\"nobody\"}}");
        assertThat(refused.get(3).get("status").asInt()).isEqualTo(400);
    }

    @Test
    void reportsWhatIsRefusedWithEveryFaultSoThatItCanBeMendedAndImported() throws Exception {
        Path file = file("c.csv", """
                external_id,name,email,is_active,metadata.plan
                a,Ann,ann@example.com,yes,"two
                lines"
                b,Bob,bob@,,
                c,Cat,ZED@example.com,,
                d,Dan
                e,Eve,,,""");
        run(file("first.csv", "external_id,email\nz,zed@example.com\n"));
        assertThat(run(file)).isEqualTo(1);
        assertThat(counts()).containsExactly(1, 0, 0, 0, 4);
        List<JsonNode> refused = refused(file);
        assertThat(refused).extracting(row -> row.get("line").asInt()).containsExactly(2, 4, 5, 6);
        assertThat(refused.get(0).get("faults").findValuesAsText("column"))
                .containsExactlyInAnyOrder("is_active", "metadata.plan");
        assertThat(refused.get(1).get("row").toString())
                .isEqualTo("{\"external_id\":\"b\",\"name\":\"Bob\",\"email\":\"bob@\"}");
        assertThat(refused.get(2).get("status").asInt()).isEqualTo(409);
        assertThat(refused.get(2).get("faults").get(0).get("column").asText()).isEqualTo("email");
        assertThat(refused.get(3).get("faults").toString()).contains("has 2 cells, the header 5");

        Path report = Path.of(file + ".refused.ndjson");
        Files.writeString(
                report,
                Files.readString(report)
                        .replace("\"yes\"", "true")
                        .replace("\\n", " ")
                        .replace("bob@", "bob@example.com")
                        .replace("ZED@", "cat@"));
        assertThat(run(report)).as(shell.out).isZero();
        assertThat(counts()).containsExactly(4, 0, 0, 0, 0);
        assertThat(customer("a").details().metadata()).isEqualTo(Map.of("plan", "two lines"));
    }

    @Test
    void sendsNothingWhereColumnsAreWrong() throws Exception {
        Path file = file("c.csv", "externalid,Email,display_name,name,metadata,,metadata.plan\na,b,c,d,e,f,g\n");
        assertThat(run(file)).isEqualTo(2);
        assertThat(shell.err.lines())
                .containsExactly(
                        "error: column externalid is unknown; did you mean externalId?",
                        "error: column Email is unknown; did you mean email?",
                        "error: columns display_name and name are the same",
                        "error: column metadata is none: each key of it has a column of its own, metadata.KEY",
                        "error: column without a name is unknown",
                        "error: there is no column external_id, by which rows and customers are told apart");
        assertThat(door.directory.sent).isEmpty();
        assertThat(directory).isDirectoryNotContaining(path -> path.toString().endsWith(".progress"));
    }

    @Test
    void sendsNothingOfAFileThatCannotBeReadToItsEnd() throws Exception {
        assertThat(run(file("quote.csv", "external_id,name\na,Ann\nb,\"Bob\nc,Cat\n")))
                .isEqualTo(2);
        assertThat(shell.err).contains("is not CSV after line 2");
        assertThat(run(file("long.csv", "external_id,name\na,\"" + "x\n".repeat(1 << 20))))
                .isEqualTo(2);
        assertThat(shell.err).contains("has a row of more than 1048576 characters after line 1");
        Path latin = directory.resolve("latin.csv");
        Files.write(latin, "external_id,name\na,Ann\nb,Zoë\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(run(latin)).isEqualTo(2);
        assertThat(shell.err).contains("is not UTF-8: line 3");
        assertThat(run(file("empty.csv", ""))).isEqualTo(2);
        assertThat(run(directory.resolve("none.csv"))).isEqualTo(2);
        assertThat(run(file("c.txt", ""))).isEqualTo(2);
        assertThat(door.directory.sent).isEmpty();
    }

    @Test
    void changesWhatIsGivenOfThoseThatAreThere() throws Exception {
        run(file("old.csv", "external_id,name,phone,metadata.a,metadata.b\nx,Xi,1,1,2\ny,Yu,2,,\n"));
        Path file = file("new.csv", "external_id,name,metadata.b\nx,Xia,3\ny,Yu,\nz,Zoe,\n");
        assertThat(run(file)).as(shell.err).isZero();
        assertThat(counts()).containsExactly(1, 1, 1, 0, 0);
        assertThat(customer("x").details().texts()).isEqualTo(Map.of(Detail.NAME, "Xia", Detail.PHONE, "1"));
        assertThat(customer("x").details().metadata()).as("a column is one key").isEqualTo(Map.of("a", "1", "b", "3"));
        Path json = file("new.ndjson", "{\"external_id\":\"x\",\"metadata\":{\"c\":\"4\"}}");
        assertThat(run(json)).isZero();
        assertThat(customer("x").details().metadata()).as("as the API takes it").isEqualTo(Map.of("c", "4"));
    }

    @Test
    void leavesOrRefusesThoseThatAreThere() throws Exception {
        run(file("old.csv", "external_id,name\nx,Xi\n"));
        assertThat(run(file("s.csv", "external_id,name\nx,no\nz,Zoe\n"), "--existing", "skip"))
                .isZero();
        assertThat(counts()).containsExactly(1, 0, 0, 1, 0);
        Path file = file("r.csv", "external_id,name\nx,no\nw,Wu\n");
        assertThat(run(file, "--existing", "refuse")).isEqualTo(1);
        assertThat(counts()).containsExactly(1, 0, 0, 0, 1);
        assertThat(refused(file).get(0).get("faults").toString()).contains("external_id", "is another customer's");
        assertThat(customer("x").details().get(Detail.NAME)).isEqualTo("Xi");
    }

    @Test
    void neverChangesACustomerWhoseUuidIsAnothersExternalId() throws Exception {
        run(file("old.csv", "external_id,name\nx,Xi\n"));
        String uuid = customer("x").id().toString();
        kept.answersOnly(any -> true);
        door.directory.answersAs((command, atMost) -> command instanceof Command.Create
                ? Optional.of(new CustomerDirectory.Done(
                        new Outcome.Taken(List.of(Outcome.Unique.EXTERNAL_ID), customer("x")), Optional.empty()))
                : kept.send(command, atMost));
        Path file = file("u.csv", "external_id,name\n" + uuid + ",no\n");
        assertThat(run(file)).isEqualTo(1);
        assertThat(refused(file).get(0).get("status").asInt()).isEqualTo(409);
        assertThat(customer("x").details().get(Detail.NAME)).isEqualTo("Xi");
    }

    @Test
    void doesRowsOfOneCustomerInTheirOrder() throws Exception {
        String rows = IntStream.rangeClosed(1, 60)
                .mapToObj(i -> (i % 3 == 0 ? "same" : "other" + i % 7) + ",name " + i + "\n")
                .collect(Collectors.joining());
        assertThat(run(file("c.csv", "external_id,name\n" + rows), "--parallel", "16"))
                .as(shell.err)
                .isZero();
        assertThat(customer("same").details().get(Detail.NAME)).isEqualTo("name 60");
        assertThat(customer("other2").details().get(Detail.NAME)).isEqualTo("name 58");
        assertThat(counts()).containsExactly(8, 52, 0, 0, 0);
    }

    @Test
    void givesAnAddressToWhoeverComesAfterTheOneThatHadIt() throws Exception {
        run(file("old.csv", "external_id,email\nx,one@example.com\n"));
        var slowly = new AtomicInteger();
        door.directory.answersAs((command, atMost) -> {
            if (command.externalId().equals("x") && slowly.incrementAndGet() < 3) {
                Thread.sleep(300);
            }
            return kept.send(command, atMost);
        });
        Path file = file("c.csv", "external_id,email\nx,two@example.com\ny,one@example.com\nz,two@example.com\n");
        assertThat(run(file)).isEqualTo(1);
        assertThat(counts()).containsExactly(1, 1, 0, 0, 1);
        assertThat(customer("y").details().get(Detail.EMAIL)).isEqualTo("one@example.com");
        assertThat(refused(file).get(0).get("external_id").asText()).isEqualTo("z");
    }

    @Test
    void goesOnWhereItStopped() throws Exception {
        Path file = many(300);
        var taken = new AtomicInteger();
        kept.takesOnly(any -> taken.incrementAndGet() <= 100);
        assertThat(run(file, "--patience", "300ms", "--parallel", "8")).isEqualTo(1);
        assertThat(shell.err).contains("error: 503", "the same command goes on with the rest");
        int done = result().get("done").asInt();
        assertThat(done).isBetween(50, 125);
        int refusedBefore = refused(file).size();
        assertThat(refusedBefore).isBetween(1, 30);

        // As if it had been killed while it wrote.
        Files.writeString(Path.of(file + ".progress"), "{\"rows\":1", StandardOpenOption.APPEND);
        Files.writeString(Path.of(file + ".refused.ndjson"), "{\"line\":", StandardOpenOption.APPEND);
        kept.takesOnly(any -> true);
        door.directory.sent.clear();
        assertThat(run(file, "--parallel", "8")).isEqualTo(1);
        assertThat(result().get("done_before").asInt()).isEqualTo(done);
        assertThat(counts()).containsExactly(270, 0, 0, 0, 30);
        assertThat(door.directory.sent)
                .as("nothing that was done is sent again")
                .hasSizeLessThanOrEqualTo(300 - done);
        assertThat(kept.size()).isEqualTo(270);
        assertThat(refused(file))
                .extracting(row -> row.get("line").asInt())
                .containsExactlyElementsOf(
                        IntStream.range(0, 30).mapToObj(i -> 10 * i + 2).toList());

        door.directory.sent.clear();
        assertThat(run(file)).as("once more").isEqualTo(1);
        assertThat(counts()).containsExactly(270, 0, 0, 0, 30);
        assertThat(shell.err).contains("all was done before; --restart does it again");
        assertThat(door.directory.sent).isEmpty();

        Files.writeString(file, "new,New,\n", StandardOpenOption.APPEND);
        assertThat(run(file)).isEqualTo(1);
        assertThat(counts()).as("rows that came after it").containsExactly(271, 0, 0, 0, 30);
    }

    @Test
    void knowsItsOwnCustomersAgainWhenAnAnswerWasLost() throws Exception {
        losesEverySecondAnswer();
        assertThat(run(many(40), "--existing", "refuse")).isEqualTo(1);
        assertThat(counts()).containsExactly(36, 0, 0, 0, 4);
    }

    @Test
    void wouldNotKnowThemWithoutTheirKeys() throws Exception {
        kept.forgetsWhatItDid();
        losesEverySecondAnswer();
        assertThat(run(many(40), "--existing", "refuse")).isEqualTo(1);
        assertThat(counts().get(4)).isGreaterThan(4);
    }

    private void losesEverySecondAnswer() {
        Set<String> lost = ConcurrentHashMap.newKeySet();
        kept.answersOnly(command ->
                !lost.add(command.externalId()) || command.externalId().hashCode() % 2 == 0);
    }

    @Test
    void doesNotGoOnWithAnotherFileOrTargetThanItBeganWith() throws Exception {
        Path file = many(20);
        run(file);
        String progress = Files.readString(Path.of(file + ".progress"));
        assertThat(progress).doesNotContain(OpenDoor.OTHER_KEY);
        door.directory.sent.clear();
        Files.writeString(file, Files.readString(file).replace("name 7", "name seven"));
        assertThat(run(file, "--existing", "skip")).isEqualTo(2);
        assertThat(shell.err)
                .contains("it was begun with --existing update", "its first 20 rows, which are done, have changed");
        shell.environment.put("TIDEMARK_API_KEY", OpenDoor.WRITE_KEY);
        assertThat(run(file)).isEqualTo(2);
        assertThat(shell.err)
                .contains("another key, which may be another tenant's", "--restart begins from the first row");
        assertThat(Files.readString(Path.of(file + ".progress"))).isEqualTo(progress);
        assertThat(door.directory.sent).isEmpty();
        shell.environment.put("TIDEMARK_API_KEY", OpenDoor.OTHER_KEY);
        assertThat(run(file, "--restart")).isEqualTo(1);
        assertThat(counts()).containsExactly(0, 1, 17, 0, 2);
    }

    @Test
    void writesOverNothingThatIsNotItsOwn() throws Exception {
        Path file = many(3);
        Path other = file("other", "precious\n");
        assertThat(run(file, "--progress", other.toString())).isEqualTo(2);
        assertThat(shell.err).contains("is not of an import");
        assertThat(run(file, "--refused", other.toString())).isEqualTo(2);
        assertThat(shell.err).contains("is there already");
        assertThat(run(file, "--refused", file.toString())).isEqualTo(2);
        assertThat(shell.err).contains("must be three files");
        assertThat(Files.readString(other)).isEqualTo("precious\n");
        assertThat(door.directory.sent).isEmpty();
    }

    @Test
    void stopsAtOnceWhereTheKeyMayNot() throws Exception {
        shell.environment.put("TIDEMARK_API_KEY", OpenDoor.KEY);
        Path file = many(50);
        assertThat(run(file, "--parallel", "2")).isEqualTo(1);
        assertThat(shell.err).contains("error: 403");
        assertThat(counts()).containsExactly(0, 0, 0, 0, 0);
        assertThat(result().get("done").asInt())
                .as("a refused key refuses no row")
                .isZero();
        shell.environment.put("TIDEMARK_URL", "http://127.0.0.1:1");
        assertThat(run(file, "--restart")).isEqualTo(1);
        assertThat(shell.err).contains("http://127.0.0.1:1 cannot be reached");
    }

    @Test
    void looksAndSendsNothing() throws Exception {
        shell.environment.clear();
        Path file = file("c.csv", "external_id,email,currency\na,a@,usd\nb,b@example.com,USD\n");
        assertThat(run(file, "--dry-run", "--data-dir", directory.toString())).isEqualTo(1);
        List<String> lines = shell.out.lines().toList();
        assertThat(lines.get(0)).contains("\"line\":2", "\"column\":\"email\"", "\"column\":\"currency\"");
        assertThat(lines.get(1)).isEqualTo("{\"rows\":2,\"refused\":1}");
        assertThat(door.directory.sent).isEmpty();
        try (var there = Files.list(directory)) {
            assertThat(there).containsExactly(file);
        }
    }

    /** Every tenth is refused. */
    private Path many(int rows) throws Exception {
        return file(
                "many.csv",
                "external_id,name,email\n"
                        + IntStream.range(0, rows)
                                .mapToObj(i -> "c" + i + ",name " + i + ","
                                        + (i % 10 == 0 ? "wrong" : i + "@example.com") + "\n")
                                .collect(Collectors.joining()));
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    private int run(Path file, String... options) {
        var arguments = new ArrayList<>(List.of("customers", "import", file.toString()));
        arguments.addAll(Arrays.asList(options));
        return shell.run(arguments.toArray(String[]::new));
    }

    private JsonNode result() throws Exception {
        return new ObjectMapper().readTree(shell.out);
    }

    private List<Integer> counts() throws Exception {
        JsonNode result = result();
        return java.util.stream.Stream.of("created", "updated", "unchanged", "skipped", "refused")
                .map(name -> result.get(name).asInt())
                .toList();
    }

    private static List<JsonNode> refused(Path file) throws Exception {
        var rows = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(Path.of(file + ".refused.ndjson"))) {
            rows.add(new ObjectMapper().readTree(line));
        }
        return rows;
    }

    private Customer customer(String externalId) {
        return kept.customer(externalId).orElseThrow();
    }
}
