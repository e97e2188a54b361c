package io.tidemark.query.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.query.FakeUsage;
import io.tidemark.query.HandClock;
import io.tidemark.query.http.Door;
import io.tidemark.query.http.Front;
import io.tidemark.query.http.Limits;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.HeldParts;
import io.tidemark.streams.reading.HeldUsage;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.PartAsked;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.Wait;
import io.tidemark.streams.routing.Holding;
import io.tidemark.streams.routing.PeerAddress;
import io.tidemark.streams.routing.PeerFailed;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two instances and who would like to be one, over real connections. */
@NullMarked
@Timeout(60)
class ClusterTest {
    private static final String SECRET = "a secret of thirty-two characters";
    private static final Period PERIOD =
            new Period(Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-10-02T00:01:00Z"));
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final FakeUsage fake = new FakeUsage();
    private final List<Object> asked = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private final HeldUsage held = new HeldUsage() {
        @Override
        public Answer<CustomerUsage> ofCustomer(CustomerQuestion question) {
            asked.add(question);
            return fake.ofCustomer(question.tenant(), question.externalId(), question.period(), question.waiting());
        }

        @Override
        public Answer<UsageByCustomer> byCustomer(PartQuestion question) {
            asked.add(question);
            return fake.byCustomer(question.tenant(), question.period(), question.query(), question.waiting());
        }
    };

    /** A question of strings, answered with an exact number. */
    private record Length(Optional<String> of) {}

    private record Exactly(BigDecimal length, Map<String, List<Instant>> seen) {}

    private static final PartKind<Length, Exactly> LENGTH = new PartKind<>("length", Length.class, Exactly.class);

    private static final Part<Exactly> LONG_ANSWER = new Part<>(
            new Exactly(
                    new BigDecimal("12345678901234567890.123456789"),
                    Map.of("a", List.of(Instant.parse("2026-10-20T12:00:00.123456Z")))),
            new Freshness(Instant.parse("2026-10-20T12:00:00Z"), List.of(2), "1"));

    private final HeldParts parts = new HeldParts() {
        @Override
        public Optional<PartKind<?, ?>> kind(String name) {
            return Optional.<PartKind<?, ?>>of(LENGTH)
                    .filter(kind -> kind.name().equals(name));
        }

        @Override
        @SuppressWarnings("unchecked")
        public <Q, A> Answer<Part<A>> ask(PartKind<Q, A> kind, PartAsked<Q> question) {
            asked.add(question);
            return (Answer<Part<A>>) (Answer<?>) new Answer.Found<>(LONG_ANSWER);
        }
    };

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Cluster open(String secret, Clock clock) {
        var allowed = AllowedPeers.parse(List.of("127.0.0.1"), new ArrayList<>());
        var cluster = Cluster.open(new PeerSettings(secret, "127.0.0.1", 0, Optional.empty(), allowed), clock);
        open.add(cluster);
        return cluster;
    }

    private Cluster begun(Cluster cluster, Set<PeerAddress> members) {
        var holding = new Holding(Set.of(1, 2), Map.of(3, Instant.parse("2026-10-20T12:00:00.5Z")));
        cluster.begin(held, parts, () -> holding, () -> members);
        return cluster;
    }

    /** One that knows another, and the other's address. */
    private Cluster knowing(PeerAddress other) {
        Cluster one = open(SECRET, Clock.systemUTC());
        begun(one, Set.of(one.address(), other));
        await().until(() -> one.table().counting().containsKey(1));
        return one;
    }

    private Cluster answering() {
        return begun(open(SECRET, Clock.systemUTC()), Set.of());
    }

    private static HeldUsage.CustomerQuestion question() {
        return new HeldUsage.CustomerQuestion("acme", "a/b ü\n", PERIOD, true, Wait.NOT);
    }

    @Test
    void asksAndAnswersToTheLastDigit() throws Exception {
        PeerAddress other = answering().address();
        Cluster one = knowing(other);
        assertThat(one.table().counting()).containsOnlyKeys(1, 2).containsEntry(1, List.of(other));
        assertThat(one.table().copying()).containsOnlyKeys(3);
        var waiting = new Wait(Optional.of("token"), Duration.ofMillis(20), Optional.of(Duration.ofSeconds(3)));
        var ofOne = question().within(waiting);
        assertThat(one.ofCustomer(other, ofOne, A_SECOND))
                .isEqualTo(fake.ofCustomer("acme", "a/b ü\n", PERIOD, Wait.NOT));
        var query = new ByCustomerQuery(
                Optional.of(ByCustomerQuery.SortBy.COST),
                true,
                Optional.of("gb"),
                Optional.empty(),
                true,
                7,
                Optional.of(new ByCustomerQuery.RowKey(new BigDecimal("-0.000000001"), "c9")));
        var part = new HeldUsage.PartQuestion("acme", PERIOD, query, Set.of(1, 2), waiting);
        assertThat(one.byCustomer(other, part, A_SECOND)).isEqualTo(fake.byCustomer("acme", PERIOD, query, Wait.NOT));
        assertThat(asked).containsExactly(ofOne, part);
    }

    @Test
    void asksAnyOtherQuestionThatTheOtherKnows() throws Exception {
        PeerAddress other = answering().address();
        Cluster one = knowing(other);
        var waiting = new Wait(Optional.of("token"), Duration.ofMillis(20), Optional.of(Duration.ofSeconds(3)));
        var question = new PartAsked<>(new Length(Optional.of("ü/ ")), Set.of(1, 2), waiting);
        assertThat(one.ask(other, LENGTH, question, A_SECOND)).isEqualTo(new Answer.Found<>(LONG_ANSWER));
        assertThat(asked).containsExactly(question);
        var unknown = new PartKind<>("width", Length.class, Exactly.class);
        assertThat(one.ask(other, unknown, question, A_SECOND)).isInstanceOf(Answer.NotReady.class);
        assertThat(one.table().counting()).as("it is there all the same").containsOnlyKeys(1, 2);
    }

    @Test
    void saysWhatIsNoNumberToo() throws Exception {
        PeerAddress other = answering().address();
        Cluster one = knowing(other);
        for (Answer<CustomerUsage> answer : List.<Answer<CustomerUsage>>of(
                new Answer.NotFound<>(),
                new Answer.NotReady<>(Answer.Reason.NOT_CAUGHT_UP, "later"),
                new Answer.Unclear<>("after", "is none"))) {
            fake.answers(answer);
            assertThat(one.ofCustomer(other, question(), A_SECOND)).isEqualTo(answer);
        }
    }

    @Test
    void waitsNoLongerThanItsCallerDoes() throws Exception {
        PeerAddress other = answering().address();
        var patient = new Wait(Optional.of("token"), Duration.ofSeconds(30));
        knowing(other).ofCustomer(other, question().within(patient), Duration.ofMillis(700));
        assertThat(((HeldUsage.CustomerQuestion) asked.get(0)).waiting().atMost())
                .isEqualTo(Duration.ofMillis(700));
    }

    @Test
    void takesACallOnce() throws Exception {
        PeerAddress other = answering().address();
        var secret = new PeerSecret(SECRET);
        var call = new SignedCall(
                other.toString(), 1, 100, System.currentTimeMillis(), "0".repeat(32), 1, PeerSecret.hash(body()));
        String header = call.header(secret.mac(call.text("POST", PeerDoor.HOLDING, "")));
        assertThat(post(other, PeerDoor.HOLDING, body(), SignedCall.HEADER, header)
                        .statusCode())
                .isEqualTo(200);
        assertThat(post(other, PeerDoor.HOLDING, body(), SignedCall.HEADER, header)
                        .statusCode())
                .isEqualTo(401);
    }

    private static byte[] body() {
        return "{}".getBytes(UTF_8);
    }

    @Test
    void takesNothingThatIsNotSignedAsItIs() throws Exception {
        PeerAddress other = answering().address();
        long now = System.currentTimeMillis();
        String key = "a-key-of-acme-that-may-read";
        assertThat(post(other, PeerDoor.HOLDING, body(), "X-Api-Key", key).statusCode())
                .isEqualTo(401);
        assertThat(post(other, PeerDoor.HOLDING, body(), "Authorization", "Bearer " + key)
                        .statusCode())
                .isEqualTo(401);
        var statuses = new ArrayList<Integer>();
        var good = new SignedCall(other.toString(), 1, 100, now, "1".repeat(32), 1, PeerSecret.hash(body()));
        String text = good.text("POST", PeerDoor.HOLDING, "");
        // By another secret; for another path; another query; another body; garbage.
        statuses.add(send(other, good, new PeerSecret("another secret of thirty-two char").mac(text), body()));
        String mac = new PeerSecret(SECRET).mac(text);
        statuses.add(post(other, PeerDoor.CUSTOMER, body(), SignedCall.HEADER, good.header(mac))
                .statusCode());
        statuses.add(post(other, PeerDoor.HOLDING + "?a=b", body(), SignedCall.HEADER, good.header(mac))
                .statusCode());
        statuses.add(send(other, good, mac, "[]".getBytes(UTF_8)));
        statuses.add(post(other, PeerDoor.HOLDING, body(), SignedCall.HEADER, "v=1;mac=zz")
                .statusCode());
        // Meant for another instance; too old; from the future.
        statuses.add(
                send(other, new SignedCall("127.0.0.1:1", 1, 100, now, "2".repeat(32), 1, PeerSecret.hash(body()))));
        statuses.add(send(
                other,
                new SignedCall(other.toString(), 1, 100, now - 61_000, "3".repeat(32), 1, PeerSecret.hash(body()))));
        statuses.add(send(
                other,
                new SignedCall(other.toString(), 1, 100, now + 65_000, "4".repeat(32), 1, PeerSecret.hash(body()))));
        assertThat(statuses).containsOnly(401);
        assertThat(asked).isEmpty();
        // Control: it is the signature that they lack.
        var fresh = new SignedCall(
                other.toString(), 1, 100, System.currentTimeMillis(), "5".repeat(32), 1, PeerSecret.hash(body()));
        assertThat(send(other, fresh)).isEqualTo(200);
    }

    private int send(PeerAddress to, SignedCall call) throws Exception {
        return send(to, call, new PeerSecret(SECRET).mac(call.text("POST", PeerDoor.HOLDING, "")), body());
    }

    private int send(PeerAddress to, SignedCall call, String mac, byte[] body) throws Exception {
        return post(to, PeerDoor.HOLDING, body, SignedCall.HEADER, call.header(mac))
                .statusCode();
    }

    private HttpResponse<String> post(PeerAddress to, String path, byte[] body, String... headers) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://" + to + path))
                        .headers(headers)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void refusesTheSecondHop() throws Exception {
        PeerAddress other = answering().address();
        var second = new SignedCall(
                other.toString(), 2, 100, System.currentTimeMillis(), "6".repeat(32), 1, PeerSecret.hash(body()));
        assertThat(send(other, second)).isEqualTo(508);
    }

    /** What came before its start it has forgotten, and would take twice. */
    @Test
    void takesNothingFromBeforeItBegan() throws Exception {
        var clock = new HandClock(Instant.now());
        PeerAddress other = begun(open(SECRET, clock), Set.of()).address();
        long began = clock.millis();
        assertThat(send(other, at(other, began - 1, "7"))).isEqualTo(401);
        assertThat(send(other, at(other, began, "8"))).isEqualTo(200);
    }

    private static SignedCall at(PeerAddress to, long millis, String digit) {
        return new SignedCall(to.toString(), 1, 100, millis, digit.repeat(32), 1, PeerSecret.hash(body()));
    }

    @Test
    void saysNothingBeforeThereIsSomething() throws Exception {
        PeerAddress starting = open(SECRET, Clock.systemUTC()).address();
        assertThat(send(starting, at(starting, System.currentTimeMillis(), "9")))
                .isEqualTo(503);
    }

    /** Whoever may join the group may tell it any address. */
    @Test
    void sendsNothingToAnAddressThatIsNotAllowed() throws Exception {
        try (var rogue = new ServerSocket(0, 10, InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
                var known = new ServerSocket(0, 10, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Cluster one = open(SECRET, Clock.systemUTC());
            var came = new AtomicBoolean();
            listen(rogue, came);
            var control = new AtomicBoolean();
            listen(known, control);
            begun(
                    one,
                    Set.of(
                            new PeerAddress("127.0.0.2", rogue.getLocalPort()),
                            new PeerAddress("127.0.0.1", known.getLocalPort())));
            await().untilTrue(control);
            Thread.sleep(PeerWatch.EVERY.toMillis() * 5);
            assertThat(came).isFalse();
        }
    }

    private static void listen(ServerSocket at, AtomicBoolean came) {
        var thread = new Thread(() -> {
            try (Socket socket = at.accept();
                    InputStream in = socket.getInputStream()) {
                came.set(in.read() >= 0);
            } catch (IOException closed) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** One that is allowed, and does not have the secret; one that leads elsewhere. */
    @Test
    void believesNobodyWhoDoesNotSignHisAnswers() throws Exception {
        var elsewhere = new AtomicBoolean();
        Door liar = Door.open("127.0.0.1", 0, Limits.DEFAULT, Front.DEFAULT, config -> {
            config.routes.post(PeerDoor.HOLDING, context -> context.result("{\"active\":[1],\"copies\":{}}"));
            config.routes.post("/elsewhere", context -> elsewhere.set(true));
        });
        open.add(liar);
        Door leading = Door.open(
                "127.0.0.1",
                0,
                Limits.DEFAULT,
                Front.DEFAULT,
                config -> config.routes.post(
                        PeerDoor.HOLDING,
                        context -> context.redirect(
                                "http://127.0.0.1:" + liar.port() + "/elsewhere",
                                io.javalin.http.HttpStatus.TEMPORARY_REDIRECT)));
        open.add(leading);
        PeerAddress honest = answering().address();
        Cluster one = open(SECRET, Clock.systemUTC());
        begun(
                one,
                Set.of(
                        new PeerAddress("127.0.0.1", liar.port()),
                        new PeerAddress("127.0.0.1", leading.port()),
                        honest));
        await().until(() -> one.table().counting().containsKey(1));
        Thread.sleep(PeerWatch.EVERY.toMillis() * 5);
        assertThat(one.table().counting().get(1)).containsExactly(honest);
        assertThat(elsewhere).isFalse();
    }

    @Test
    void passesOverOneThatIsGone() throws Exception {
        Cluster other = answering();
        Cluster one = knowing(other.address());
        other.close();
        assertThatThrownBy(() -> one.ofCustomer(other.address(), question(), A_SECOND))
                .isInstanceOf(PeerFailed.class);
        assertThat(one.table().counting()).isEmpty();
    }

    /** It has a listener, and nobody who answers: as a process that is stopped. */
    @Test
    void passesOverOneThatIsSilentAndEndsWhatItWasAsked() throws Exception {
        var silent = new AtomicBoolean();
        var released = new CountDownLatch(1);
        var pausing = new HeldUsage() {
            @Override
            public Answer<CustomerUsage> ofCustomer(CustomerQuestion question) {
                silent.set(true);
                pause();
                return new Answer.NotFound<>();
            }

            @Override
            public Answer<UsageByCustomer> byCustomer(PartQuestion question) {
                return new Answer.NotFound<>();
            }

            private void pause() {
                try {
                    released.await();
                } catch (InterruptedException over) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        Cluster other = open(SECRET, Clock.systemUTC());
        other.begin(
                pausing,
                HeldParts.NONE,
                () -> {
                    if (silent.get()) {
                        pausing.pause();
                    }
                    return new Holding(Set.of(1), Map.of());
                },
                Set::of);
        Cluster one = knowing(other.address());
        long began = System.nanoTime();
        assertThatThrownBy(() -> one.ofCustomer(other.address(), question(), Duration.ofSeconds(30)))
                .isInstanceOf(PeerFailed.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(one.table().counting()).isEmpty();
        released.countDown();
        silent.set(false);
        await().until(() -> one.table().counting().containsKey(1));
    }

    @Test
    void readsNoAnswerWithoutAnEnd() throws Exception {
        PeerAddress other = answering().address();
        Cluster one = knowing(other);
        fake.answers(new Answer.NotReady<>(Answer.Reason.MOVING, "x".repeat(PeerCalls.MOST_BYTES)));
        assertThatThrownBy(() -> one.ofCustomer(other, question(), Duration.ofSeconds(20)))
                .isInstanceOf(PeerFailed.class);
    }
}
