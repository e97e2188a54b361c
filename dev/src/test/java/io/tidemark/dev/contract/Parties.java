package io.tidemark.dev.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.dev.fixtures.Api;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Two tenants at one door, keys of every kind, and as many customers as are needed. */
final class Parties {
    static final String OTHER_TENANT = "globex";
    private static final int AT_ONCE = 16;
    private static final List<String> SCOPES = List.of("ingest", "read", "write", "admin");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A customer by all of its names. */
    record Customer(String uuid, String externalId, String email) {}

    private final String base;
    private final String tenant;
    private final Deque<Customer> ready = new ArrayDeque<>();
    private final Deque<Customer> readyOfOther = new ArrayDeque<>();
    private final Api home;
    private final Api other;
    private final String otherKey;
    private final String revoked;
    private final String expired;
    private String last = "";
    private String rejected = "";
    private String rejectedOfOther = "";
    /** Begins where an earlier run on the same directory cannot have been. */
    private final AtomicLong made = new AtomicLong(System.currentTimeMillis());

    Parties(String base, String tenant, String homeKey) throws IOException, InterruptedException {
        this.base = base;
        this.tenant = tenant;
        this.home = new Api(base, homeKey);
        this.otherKey = key(OTHER_TENANT, SCOPES, "");
        this.other = new Api(base, otherKey);
        this.revoked = key(tenant, SCOPES, "");
        var answer = home.send("DELETE", "/admin/api-keys/" + idOf(revoked), "");
        if (answer.statusCode() != 204) {
            throw new IllegalStateException("not revoked: " + answer.body());
        }
        Instant end = Instant.now().plusSeconds(2);
        this.expired = key(tenant, SCOPES, ",\"expires_at\":\"" + end + "\"");
        while (Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
    }

    String base() {
        return base;
    }

    String tenant() {
        return tenant;
    }

    String key(String whose, List<String> scopes, String more) throws IOException, InterruptedException {
        String body = "{\"tenant\":\"" + whose + "\",\"scopes\":" + JSON.valueToTree(scopes) + more + "}";
        return made(home.send("POST", "/admin/api-keys", body)).get("key").asText();
    }

    String keyWithout(String scope) throws IOException, InterruptedException {
        return key(tenant, SCOPES.stream().filter(each -> !each.equals(scope)).toList(), "");
    }

    /** The third part of a key is no secret. */
    static String idOf(String key) {
        return key.split("_", -1)[2];
    }

    String keyOfOther() {
        return otherKey;
    }

    String revokedKey() {
        return revoked;
    }

    String expiredKey() {
        return expired;
    }

    Customer customer() throws IOException, InterruptedException {
        return customer(home, ready);
    }

    Customer customerOfOther() throws IOException, InterruptedException {
        return customer(other, readyOfOther);
    }

    /** Each waits for a commit, so that many are made at once. */
    private Customer customer(Api api, Deque<Customer> ready) throws IOException, InterruptedException {
        if (ready.isEmpty()) {
            Callable<Customer> making = () -> make(api);
            var pool = Executors.newFixedThreadPool(AT_ONCE);
            try {
                for (Future<Customer> one : pool.invokeAll(Collections.nCopies(AT_ONCE, making))) {
                    ready.add(one.get());
                }
            } catch (ExecutionException failed) {
                throw new IllegalStateException(failed.getCause());
            } finally {
                pool.shutdownNow();
            }
        }
        Customer next = ready.remove();
        last = next.uuid();
        return next;
    }

    /** The token of a link to whoever was given out last, who is of that tenant. */
    String tokenToTheLast(boolean atHome) throws IOException, InterruptedException {
        return made((atHome ? home : other).send("POST", "/api/v1/customers/" + last + "/share-links", "{}"))
                .get("token")
                .asText();
    }

    /** The id of such a link. */
    String linkToTheLast(boolean atHome) throws IOException, InterruptedException {
        return idOf(tokenToTheLast(atHome));
    }

    /** One at home whose external id others rely on. */
    void customer(String externalId) throws IOException, InterruptedException {
        made(home.send(
                "POST",
                "/api/v1/customers",
                JSON.createObjectNode().put("external_id", externalId).toString()));
    }

    private Customer make(Api api) throws IOException, InterruptedException {
        String name = "party-" + made.incrementAndGet();
        String email = name + "@example.com";
        String body = "{\"external_id\":\"" + name + "\",\"email\":\"" + email + "\"}";
        JsonNode customer = made(api.send("POST", "/api/v1/customers", body));
        return new Customer(customer.get("id").asText(), name, email);
    }

    /** A rejected event of the one tenant or the other: what the door refuses is none, so it is a conflict. */
    String rejected(boolean atHome) throws IOException, InterruptedException {
        String known = atHome ? rejected : rejectedOfOther;
        if (known.isEmpty()) {
            known = reject(atHome ? home : other);
            rejected = atHome ? known : rejected;
            rejectedOfOther = atHome ? rejectedOfOther : known;
        }
        return known;
    }

    private String reject(Api api) throws IOException, InterruptedException {
        String id = fresh();
        for (String quantity : List.of("1", "2")) {
            String event = "{\"id\":\"" + id
                    + "\",\"external_customer_id\":\"rejected\",\"meter\":\"m\",\"quantity\":\"" + quantity + "\"}";
            api.send("POST", "/api/v1/usage?wait=counted&timeout=30s", event);
        }
        return api.json("/api/v1/rejected-events?event_id=" + id)
                .path("data")
                .path(0)
                .path("id")
                .asText();
    }

    /** What nobody was called before. */
    String fresh() {
        return "fresh-" + made.incrementAndGet();
    }

    private static JsonNode made(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("not made: " + answer.statusCode() + " " + answer.body());
        }
        return Api.parsed(answer.body());
    }
}
