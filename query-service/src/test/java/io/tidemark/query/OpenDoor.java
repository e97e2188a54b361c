package io.tidemark.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.contract.Contract;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.Door;
import io.tidemark.query.http.Front;
import io.tidemark.query.http.Limits;
import io.tidemark.query.instance.Routes;
import io.tidemark.query.keys.ApiKeys;
import io.tidemark.query.keys.KeyEntry;
import io.tidemark.query.keys.Scope;
import io.tidemark.query.ops.Metrics;
import io.tidemark.query.stream.StreamHub;
import io.tidemark.streams.feed.HeldChanges;
import io.tidemark.streams.reading.Health;
import io.tidemark.streams.roster.HeldCustomers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** A real door on a free port in front of a {@link FakeUsage}. Every reply that comes through it is held to the contract. */
public final class OpenDoor implements AutoCloseable {
    public static final String KEY = "a-key-of-acme-that-may-read";
    public static final String OTHER_KEY = "a-key-of-globex-that-may-read";
    public static final String WRITE_KEY = "a-key-of-acme-that-may-write";
    public static final String INGEST_KEY = "a-key-of-acme-that-may-ingest";
    public static final Instant NOW = Instant.parse("2026-10-20T12:34:56Z");

    public static final String OPERATOR_KEY = "a-key-of-the-operator";

    private static final List<KeyEntry> KEYS = List.of(
            KeyEntry.ofKey(KEY, "acme", Set.of(Scope.READ)),
            KeyEntry.ofKey(OTHER_KEY, "globex", EnumSet.allOf(Scope.class)),
            KeyEntry.ofKey(WRITE_KEY, "acme", Set.of(Scope.WRITE)),
            KeyEntry.ofKey(INGEST_KEY, "acme", Set.of(Scope.INGEST)),
            KeyEntry.bootstrap(OPERATOR_KEY, new ArrayList<>()).orElseThrow());
    private static final ObjectMapper JSON = new ObjectMapper();

    public final FakeUsage usage = new FakeUsage();
    private final FakeParts parts = new FakeParts();
    private final FakeTracer tracer = new FakeTracer();
    public final FakeAccess access = new FakeAccess();
    public final HandClock clock = new HandClock(NOW);
    public final HeldCustomers customers = new HeldCustomers();
    public final FakeDirectory directory = new FakeDirectory();
    public final FakeIntake intake = new FakeIntake(clock);
    public final FakeOriginals originals = new FakeOriginals();
    public final AtomicReference<Health> health = new AtomicReference<>(new Health(true, true, List.of()));
    private final HttpClient client = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics();
    private final HeldChanges changes = new HeldChanges(100);
    private final StreamHub hub;
    private final Door door;

    public OpenDoor() {
        this(true);
    }

    /** @param caughtUp whether all customers have been read */
    public OpenDoor(boolean caughtUp) {
        this(caughtUp, Limits.DEFAULT, Front.DEFAULT);
    }

    public OpenDoor(Limits limits, Front front) {
        this(true, limits, front);
    }

    /** One that takes but so many events of a key. */
    public OpenDoor(long eventsPerSecond) {
        this(true, Limits.DEFAULT, Front.DEFAULT, eventsPerSecond);
    }

    /** What partitions say to any question but those about usage. */
    public FakeParts parts() {
        return parts;
    }

    /** What is said of events. */
    public FakeTracer tracer() {
        return tracer;
    }

    private OpenDoor(boolean caughtUp, Limits limits, Front front) {
        this(caughtUp, limits, front, 50_000);
    }

    private OpenDoor(boolean caughtUp, Limits limits, Front front, long eventsPerSecond) {
        if (caughtUp) {
            customers.caughtUp();
        }
        var keys = new ApiKeys(KEYS, access, clock);
        hub = new StreamHub(changes, new Customers(customers), keys::isGood, metrics.registry());
        var routes = new Routes(
                usage,
                parts,
                tracer,
                access,
                customers,
                directory,
                intake,
                originals.replays(intake),
                hub,
                keys,
                health::get,
                metrics,
                eventsPerSecond,
                clock);
        door = Door.open("127.0.0.1", 0, limits, front, routes);
    }

    /** What is told of usage that changed; of a hundred of them the newest are held. */
    public HeldChanges changes() {
        return changes;
    }

    /** Where clients listen to it. */
    public StreamHub hub() {
        return hub;
    }

    public int port() {
        return door.port();
    }

    /** GET with the key of acme; the path is sent exactly as it is. */
    public HttpResponse<String> get(String path) throws Exception {
        return get(path, "X-Api-Key", KEY);
    }

    public HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .headers(headers)
                .method(method, body));
    }

    /** With the operator's key; no body where it is empty. */
    public HttpResponse<String> admin(String method, String path, String body) throws Exception {
        return send(method, path, HttpRequest.BodyPublishers.ofString(body), "X-Api-Key", OPERATOR_KEY);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return Contract.held(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    public static JsonNode json(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body());
    }

    /** A body but for the id of its request, which differs from every other. */
    public static String withoutRequestId(HttpResponse<String> response) {
        return response.body().replaceFirst(",\"request_id\":\"[^\"]*\"", "");
    }

    @Override
    public void close() {
        hub.close();
        door.close();
        metrics.close();
    }
}
