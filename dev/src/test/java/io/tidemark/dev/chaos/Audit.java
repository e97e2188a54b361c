package io.tidemark.dev.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Comparison;
import io.tidemark.dev.fixtures.Oracle;
import io.tidemark.dev.fixtures.Oracle.Totals;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Compares what the cluster says, once it is quiet, with the books: every minute of every customer, and every record. */
final class Audit {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final List<String> INPUTS = List.of("tidemark.requests", "tidemark.usage");
    private static final int AT_ONCE = 6;

    private final Cluster cluster;
    private final Books books;
    private final Instant from;
    private final Instant to;

    Audit(Cluster cluster, Books books) {
        this.cluster = cluster;
        this.books = books;
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        from = today.minus(1, ChronoUnit.DAYS);
        to = today.plus(2, ChronoUnit.DAYS);
    }

    /** How many totals were compared, and what is wrong with them. */
    record Result(int compared, List<String> wrong) {}

    /** Waits until every instance that runs says that everything up to then is in its answers; returns how long. */
    Duration awaitCounted(Instant sent) throws IOException, InterruptedException {
        Instant began = Instant.now();
        for (Member member : cluster.running()) {
            for (String tenant : Cluster.TENANTS) {
                while (!hasCounted(member, tenant, sent)) {
                    if (Instant.now().isAfter(began.plus(PATIENCE))) {
                        throw new IllegalStateException("instance " + member.number() + " does not come to have counted"
                                + " what was sent until " + sent + "; " + member.ready());
                    }
                    Thread.sleep(50);
                }
            }
        }
        return Duration.between(began, Instant.now());
    }

    private boolean hasCounted(Member member, String tenant, Instant sent) throws InterruptedException {
        try {
            HttpResponse<String> answer =
                    member.api(cluster.key(tenant)).get("/api/v1/usage/by-customer?limit=1&sort_by=requests");
            if (answer.statusCode() != 200) {
                return false;
            }
            JsonNode json = Api.parsed(answer.body());
            return json.get("complete").asBoolean()
                    && Instant.parse(json.get("as_of").asText()).isAfter(sent);
        } catch (IOException notNow) {
            return false;
        }
    }

    /**
     * The whole time of each customer at each instance, and each minute at one of them.
     *
     * @param sent what an answer must hold: everything until then
     */
    Result totals(Instant sent) throws InterruptedException {
        var asked = new ArrayList<Callable<List<String>>>();
        List<Member> running = cluster.running();
        for (String tenant : Cluster.TENANTS) {
            Oracle oracle = books.oracle(tenant);
            for (String customer : oracle.customers()) {
                for (Member member : running) {
                    asked.add(() -> differences(member, tenant, customer, oracle, from, to, sent));
                }
                for (Instant minute : oracle.minutes(customer)) {
                    Member member = running.get(asked.size() % running.size());
                    Instant next = minute.plus(1, ChronoUnit.MINUTES);
                    asked.add(() -> differences(member, tenant, customer, oracle, minute, next, sent));
                }
            }
        }
        return new Result(asked.size(), all(asked));
    }

    private static List<String> all(List<Callable<List<String>>> asked) throws InterruptedException {
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        var pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (Future<List<String>> one : pool.invokeAll(asked)) {
                wrong.addAll(one.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("could not be compared", e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return List.copyOf(wrong);
    }

    private List<String> differences(
            Member member, String tenant, String customer, Oracle oracle, Instant begin, Instant end, Instant sent)
            throws IOException, InterruptedException {
        Map<String, Totals> expected = oracle.meters(customer, begin, end);
        String of = tenant + "/" + customer + " " + begin + ".." + end + " at instance " + member.number();
        return Comparison.differences(
                of, settled(member.api(cluster.key(tenant)), customer, begin, end, sent), expected);
    }

    /** Partitions may move also when nothing is wrong: then it is refused for a moment, or an older answer comes from a copy. */
    private static JsonNode settled(Api api, String customer, Instant begin, Instant end, Instant sent)
            throws IOException, InterruptedException {
        String path = "/api/v1/customers/" + Api.encoded(customer) + "/usage?from=" + begin + "&to=" + end;
        Instant began = Instant.now();
        HttpResponse<String> answer = api.get(path);
        while (!isSettled(answer, sent) && Instant.now().isBefore(began.plus(PATIENCE))) {
            Thread.sleep(50);
            answer = api.get(path);
        }
        if (!isSettled(answer, sent)) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return Api.parsed(answer.body());
    }

    private static boolean isSettled(HttpResponse<String> answer, Instant sent) throws IOException {
        return answer.statusCode() == 200
                && Instant.parse(Api.parsed(answer.body()).get("as_of").asText())
                        .isAfter(sent);
    }

    /** Every record of every source partition met one fate, and there are as many as were appended. */
    List<String> conservation() throws IOException, InterruptedException {
        List<String> wrong = List.of("not asked");
        // The meters are looked up every few seconds.
        for (int i = 0; i < 60 && !wrong.isEmpty(); i++) {
            wrong = unaccounted();
            if (!wrong.isEmpty()) {
                Thread.sleep(250);
            }
        }
        return wrong;
    }

    private List<String> unaccounted() throws IOException, InterruptedException {
        Map<String, Map<String, Long>> records = new TreeMap<>();
        for (Member member : cluster.running()) {
            records.putAll(member.api(Cluster.BOOTSTRAP_KEY).records());
        }
        var wrong = new ArrayList<String>();
        records.forEach((at, fates) -> {
            long met = fates.entrySet().stream()
                    .filter(fate -> !fate.getKey().equals("read"))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            if (met != fates.getOrDefault("read", 0L)) {
                wrong.add(at + ": " + fates);
            }
        });
        long appended = 0;
        for (Map.Entry<TopicPartition, Long> end : ends().entrySet()) {
            String at = end.getKey().topic() + "/" + end.getKey().partition();
            long read = records.getOrDefault(at, Map.of()).getOrDefault("read", 0L);
            appended += end.getValue();
            if (read != end.getValue()) {
                wrong.add(at + ": read " + read + " of " + end.getValue());
            }
        }
        sums(records, appended, wrong);
        hours(records, wrong);
        return wrong;
    }

    /** Every instance says that the books balance, and the hours together have every record that was read: nothing is older than that. */
    private void hours(Map<String, Map<String, Long>> records, List<String> wrong)
            throws IOException, InterruptedException {
        long read = records.values().stream()
                .mapToLong(fates -> fates.getOrDefault("read", 0L))
                .sum();
        for (Member member : cluster.running()) {
            HttpResponse<String> answer = member.api(Cluster.BOOTSTRAP_KEY).get("/api/v1/reconciliation?period=30d");
            JsonNode hours = Api.parsed(answer.body());
            if (answer.statusCode() != 200
                    || !hours.get("complete").asBoolean()
                    || !hours.get("balanced").asBoolean()) {
                wrong.add("instance " + member.number() + " says of its books: " + answer.body());
            } else {
                same("read in all hours", hours.get("totals").get("read").asLong(), read, wrong);
            }
        }
    }

    private void sums(Map<String, Map<String, Long>> records, long appended, List<String> wrong) {
        Map<String, Long> sums = new TreeMap<>();
        records.values().forEach(fates -> fates.forEach((fate, count) -> sums.merge(fate, count, Long::sum)));
        long counted = books.all().stream().filter(Made::counts).count();
        same("counted", sums.getOrDefault("counted", 0L), counted, wrong);
        same("conflict", sums.getOrDefault("conflict", 0L), 0, wrong);
        same("parked", sums.getOrDefault("parked", 0L), 0, wrong);
        long other = sums.getOrDefault("duplicate", 0L) + sums.getOrDefault("rejected", 0L);
        same("counted, duplicate and rejected", sums.getOrDefault("counted", 0L) + other, appended, wrong);
    }

    private static void same(String what, long found, long expected, List<String> wrong) {
        if (found != expected) {
            wrong.add(what + ": " + found + " instead of " + expected);
        }
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException {
        var ends = new java.util.HashMap<TopicPartition, OffsetSpec>();
        for (String topic : INPUTS) {
            for (int i = 0; i < Cluster.PARTITIONS; i++) {
                ends.put(new TopicPartition(topic, i), OffsetSpec.latest());
            }
        }
        try (var admin = Admin.create(Map.of("bootstrap.servers", cluster.kafka()))) {
            var found = new java.util.HashMap<TopicPartition, Long>();
            admin.listOffsets(ends).all().get().forEach((at, end) -> found.put(at, end.offset()));
            return found;
        } catch (ExecutionException e) {
            throw new IllegalStateException("no offsets", e);
        }
    }
}
