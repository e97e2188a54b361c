package io.tidemark.dev.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.tidemark.contract.Contract;
import io.tidemark.dev.fixtures.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A user of the cluster, who may try once more at the next instance, and notes every call. */
final class Caller implements AutoCloseable {
    /** More than any answer needs; who waits for a position is given more. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration PATIENCE_OF_WAITING = Duration.ofSeconds(8);
    private static final int LONGEST_BODY = 300;
    private static final int HELD_OF = 50;

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .executor(threads)
            .build();
    private final Cluster cluster;
    private final History history;
    private final AtomicLong questions = new AtomicLong();
    private final String period;

    Caller(Cluster cluster, History history) {
        this.cluster = cluster;
        this.history = history;
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        period = "from=" + today.minus(1, ChronoUnit.DAYS) + "&to=" + today.plus(2, ChronoUnit.DAYS);
    }

    /** What is asked, and how often at most. */
    record Question(Call.Kind kind, String tenant, String customer, String after, String path, String body) {
        Question(Call.Kind kind, String tenant, String customer, String after, String path) {
            this(kind, tenant, customer, after, path, "");
        }
    }

    Question usageOf(String tenant, String customer) {
        return new Question(
                Call.Kind.CUSTOMER, tenant, customer, "", "/api/v1/customers/" + customer + "/usage?" + period);
    }

    Question usageOf(String tenant, String customer, String after) {
        return new Question(
                Call.Kind.CUSTOMER,
                tenant,
                customer,
                after,
                "/api/v1/customers/" + customer + "/usage?" + period + "&after=" + after);
    }

    Question usageByCustomer(String tenant) {
        return new Question(
                Call.Kind.BY_CUSTOMER,
                tenant,
                "",
                "",
                "/api/v1/usage/by-customer?sort_by=requests&limit=1&include_inactive=true&" + period);
    }

    /** Asks until it is answered, so often at most, at one instance after the other; the last call. */
    Call ask(Question question, int first, int tries) throws InterruptedException {
        long number = questions.incrementAndGet();
        List<Member> known = cluster.known();
        Call last = null;
        for (int i = 0; i < tries && (last == null || !last.isAnswered()); i++) {
            last = call(question, number, i, known.get((first + i) % known.size()));
            history.add(last);
        }
        if (last == null) {
            throw new IllegalArgumentException("no tries");
        }
        return last;
    }

    private Call call(Question question, long number, int tries, Member member) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(member.url() + question.path()))
                .timeout(question.after().isEmpty() && question.body().isEmpty() ? PATIENCE : PATIENCE_OF_WAITING)
                .header("X-Api-Key", cluster.key(question.tenant()))
                .header("Content-Type", "application/json");
        if (!question.body().isEmpty()) {
            request.POST(HttpRequest.BodyPublishers.ofString(question.body(), UTF_8));
        }
        Instant start = Instant.now();
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Instant end = Instant.now();
            hold(answer);
            return noted(question, number, tries, member, start, end, answer.statusCode(), answer.body());
        } catch (IOException nobody) {
            return noted(question, number, tries, member, start, Instant.now(), 0, nobody.toString());
        }
    }

    /** Of ordinary answers some: it costs as much as to give them. */
    private void hold(HttpResponse<String> answer) {
        if (answer.statusCode() == 200 && questions.get() % HELD_OF != 0) {
            return;
        }
        try {
            Contract.held(answer);
        } catch (AssertionError outside) {
            history.complain(String.valueOf(outside.getMessage()));
        }
    }

    private static Call noted(
            Question question,
            long number,
            int tries,
            Member member,
            Instant start,
            Instant end,
            int status,
            String body) {
        boolean write = question.kind() == Call.Kind.WRITE;
        boolean accepted = write && status == 202;
        boolean answer = !write && status == 200;
        JsonNode json = accepted || answer ? parsed(body) : NullNode.getInstance();
        String shown = accepted
                ? json.path("outcome").asText("") + " " + json.get("id").asText()
                : body.substring(0, Math.min(body.length(), LONGEST_BODY));
        return new Call(
                question.kind(),
                number,
                tries,
                member.number(),
                question.tenant(),
                question.customer(),
                accepted ? json.get("position").asText() : question.after(),
                start,
                end,
                status,
                answer ? "" : shown,
                answer ? said(question.kind(), json) : Call.Said.NOTHING);
    }

    private static JsonNode parsed(String body) {
        try {
            return Api.parsed(body);
        } catch (IOException none) {
            throw new IllegalStateException("no JSON: " + body, none);
        }
    }

    private static Call.Said said(Call.Kind kind, JsonNode json) {
        var missing = new ArrayList<Integer>();
        json.get("missing_partitions").forEach(one -> missing.add(one.asInt()));
        long requests = json.at(kind == Call.Kind.CUSTOMER ? "/requests" : "/totals/requests")
                .asLong();
        long events = kind == Call.Kind.CUSTOMER ? 0 : requests;
        for (JsonNode meter : json.path("meters")) {
            events += meter.get("count").asLong();
        }
        return new Call.Said(
                Instant.parse(json.get("as_of").asText()),
                json.get("complete").asBoolean(),
                missing,
                json.get("position").asText(),
                requests,
                events);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
