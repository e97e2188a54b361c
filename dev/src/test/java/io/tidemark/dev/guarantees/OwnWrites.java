package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.NullMarked;

/** Whoever changes a customer at one instance and asks for usage at another, after the position of the change, is told of it. */
@NullMarked
final class OwnWrites {
    private static final int CALLS = 100;

    private final List<Api> instances;
    private final AtomicInteger stale = new AtomicInteger();

    OwnWrites(List<Api> instances) {
        this.instances = instances;
    }

    private Api at(int number) {
        return instances.get(number % instances.size());
    }

    /**
     * Renames, deactivates and activates customers, each in a thread of its own.
     *
     * @param customers that used something
     */
    void areRead(List<String> customers, int rounds) throws Exception {
        inParallel(customers.size(), number -> {
            for (int round = 0; round < rounds / customers.size(); round++) {
                change(customers.get(number), round, number);
            }
            return 0;
        });
        System.err.println("of " + rounds + " reads after a change, without its position stale: " + stale);
        // Control: without the position, the other instance does not know of the change yet.
        assertThat(stale.get()).isPositive();
    }

    private void change(String customer, int round, int number) throws Exception {
        boolean active = round % 3 != 2;
        String name = "round " + round;
        String path = "/api/v1/customer-by-external-id/" + Api.encoded(customer);
        HttpResponse<String> written =
                at(round + number).send("PATCH", path, "{\"name\":\"" + name + "\",\"is_active\":" + active + "}");
        assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
        String position = Api.parsed(written.body()).get("position").asText();
        assertThat(written.headers().firstValue("Tidemark-Position")).hasValue(position);
        Api other = at(round + number + 1);
        if (!shows(other, "", customer, name, active)) {
            stale.incrementAndGet();
        }
        assertThat(shows(other, "&after=" + position + "&timeout=30s", customer, name, active))
                .as("round %d of %s", round, customer)
                .isTrue();
        assertThat(other.json(path + "/usage?after=" + position)
                        .at("/customer/name")
                        .asText())
                .isEqualTo(name);
    }

    private static boolean shows(Api api, String after, String customer, String name, boolean active) throws Exception {
        JsonNode answer = api.json("/api/v1/usage/by-customer?sort_by=external_id" + after);
        assertThat(answer.get("complete").asBoolean()).isTrue();
        for (JsonNode row : answer.get("data")) {
            if (row.get("external_id").asText().equals(customer)) {
                return active && row.get("name").asText().equals(name);
            }
        }
        return !active && answer.get("excluded").asInt() > 0;
    }

    /** A hundred callers at once get one customer, which one of them made. */
    void makeOneCustomer() throws Exception {
        for (String body : List.of(
                "{\"external_id\":\"one/1\",\"email\":\"one@example.com\"}", "{\"email\":\"%s@example.com\"}")) {
            List<HttpResponse<String>> answers = inParallel(
                    CALLS,
                    number -> at(number)
                            .send(
                                    "POST",
                                    "/api/v1/customers/get-or-create",
                                    body.formatted(number % 3 == 0 ? "Two" : "two")));
            Set<String> ids = new HashSet<>();
            for (HttpResponse<String> answer : answers) {
                ids.add(Api.parsed(answer.body()).get("id").asText());
                assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
            }
            assertThat(ids).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        }
        // Control: as many calls that only create are refused, but for one.
        List<HttpResponse<String>> created = inParallel(
                CALLS, number -> at(number).send("POST", "/api/v1/customers", "{\"external_id\":\"two/1\"}"));
        assertThat(created).filteredOn(answer -> answer.statusCode() == 409).hasSize(CALLS - 1);
    }

    /**
     * Erases a customer that used something at one instance; nothing of it is found at any.
     *
     * @return what said who it was
     */
    List<String> erase(String customer) throws Exception {
        List<String> personal = List.of(customer, "Erna Example", "erna@example.org", "+977 99", "kept secret");
        String path = "/api/v1/customer-by-external-id/" + Api.encoded(customer);
        String body = "{\"name\":\"Erna Example\",\"email\":\"erna@example.org\",\"phone\":\"+977 99\","
                + "\"metadata\":{\"note\":\"kept secret\"},\"is_active\":true}";
        HttpResponse<String> named = at(0).send("PATCH", path, body);
        assertThat(named.statusCode()).as(named.body()).isEqualTo(200);
        String id = Api.parsed(named.body()).get("id").asText();
        long before = requests(at(1), position(named));

        HttpResponse<String> erased = at(0).send("DELETE", path + "?erase=true", "");
        assertThat(erased.statusCode()).as(erased.body()).isEqualTo(200);
        for (Api api : instances) {
            assertThat(requests(api, position(erased))).isEqualTo(before);
            String all = api.get("/api/v1/usage/by-customer?include_inactive=true&after=" + position(erased))
                    .body();
            assertThat(all).contains(id, "\"erased-").doesNotContain(personal);
            await().until(() -> api.get(path).statusCode() == 404);
            assertThat(api.get("/api/v1/customers/" + id).body())
                    .contains("\"erased-")
                    .doesNotContain(personal);
            assertThat(api.get("/api/v1/customers/by-email?email=erna%40example.org")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(api.get("/api/v1/customers?per_page=100").body()).doesNotContain(personal);
        }
        assertThat(at(1).send("DELETE", "/api/v1/customers/" + id + "?erase=true", "")
                        .body())
                .contains(Api.parsed(erased.body()).get("external_id").asText());
        return personal;
    }

    private static String position(HttpResponse<String> written) {
        return written.headers().firstValue("Tidemark-Position").orElseThrow();
    }

    /** Of all customers, erased ones too. */
    private static long requests(Api api, String after) throws Exception {
        return api.json("/api/v1/usage/by-customer?include_inactive=true&after=" + after)
                .at("/totals/requests")
                .asLong();
    }

    private interface Call<T> {
        T of(int number) throws Exception;
    }

    private static <T> List<T> inParallel(int threads, Call<T> call) throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            IntFunction<Callable<T>> task = number -> () -> call.of(number);
            List<Callable<T>> calls = new ArrayList<>();
            for (int number = 0; number < threads; number++) {
                calls.add(task.apply(number));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : pool.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }
}
