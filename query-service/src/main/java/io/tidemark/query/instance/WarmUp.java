package io.tidemark.query.instance;

import io.tidemark.query.http.Door;
import io.tidemark.query.http.Front;
import io.tidemark.query.http.Limits;
import io.tidemark.query.keys.ApiKeyFormat;
import io.tidemark.query.keys.KeyEntry;
import io.tidemark.query.keys.Scope;
import io.tidemark.query.ops.Metrics;
import io.tidemark.query.remote.RemoteInstance;
import io.tidemark.streams.access.Access;
import io.tidemark.streams.access.ApiKey;
import io.tidemark.streams.access.Tenant;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.roster.RosterQuery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an instance what it will be asked, before anybody else can: through a door that nobody else knows, with a key that lasts as long.
 *
 * <p>A process that has just begun loads classes and interprets. Its first answers took 0.4 to 1 s, those a few hundred later some
 * milliseconds. Where there are other instances, whoever finds no door here asks one of them, and is answered sooner than by this one; once it is known that
 * there is none, nothing more is asked.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** At most; by then an answer takes what it will take. Of refusals, which are given while nothing is held yet, none counts. */
    private static final int ANSWERS = 100;

    /** So many in a row that each took less than {@link #SOON} are enough. */
    private static final int ENOUGH = 15;

    private static final Duration SOON = Duration.ofMillis(50);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration BEFORE_THE_NEXT_TRY = Duration.ofMillis(50);
    /** It is not the only one who wants the cores, nor who asks the others. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(20);

    private static final int TENANTS = 3;
    private static final int CUSTOMERS = 20;
    private static final int LEAST_REFUSAL = 500;

    private final Counting counting;
    private final BiFunction<List<KeyEntry>, Metrics, Routes> routes;
    private final Limits limits;
    private final Duration longest;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /**
     * @param routes of the instance, for these keys alone and with meters of their own: nobody asked, so nobody was kept waiting or refused
     * @param longest how long it may go on
     */
    WarmUp(Counting counting, BiFunction<List<KeyEntry>, Metrics, Routes> routes, Limits limits, Duration longest) {
        this.counting = counting;
        this.routes = routes;
        this.limits = limits;
        this.longest = longest;
    }

    private record Question(String key, String path, Optional<String> body) {}

    void run() {
        long began = System.nanoTime();
        awaitPartitions(began);
        if (isAlone()) {
            LOG.info("did not warm up because=nobody else answers meanwhile");
            return;
        }
        var keys = new ArrayList<KeyEntry>();
        List<Question> questions = questions(keys);
        int answers = 0;
        int soon = 0;
        try (var unseen = new Metrics();
                var door = Door.open("127.0.0.1", 0, limits, Front.DEFAULT, routes.apply(keys, unseen))) {
            for (int i = 0; answers < ANSWERS && soon < ENOUGH && !isAlone() && !isOver(began); i++) {
                Optional<Duration> took = ask(door, questions.get(i % questions.size()));
                answers += took.isPresent() ? 1 : 0;
                soon = took.isPresent() && took.get().compareTo(SOON) < 0 ? soon + 1 : 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info(
                "warmed up answers={} ms={}",
                answers,
                Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    /** Nobody answers for a partition that is just moving here: what holds that up is put off, for half of the time there is. */
    private void awaitPartitions(long began) {
        try {
            while (!isReady() && System.nanoTime() - began < longest.toNanos() / 2) {
                Thread.sleep(BEFORE_THE_NEXT_TRY.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReady() {
        return counting.health().get().ready();
    }

    /** Before it is ready the group may not have told of others. */
    private boolean isAlone() {
        return isReady() && !counting.amongOthers().getAsBoolean();
    }

    private boolean isOver(long began) {
        return System.nanoTime() - began >= longest.toNanos();
    }

    /** How long the answer took; empty where there was none, or a refusal. */
    private Optional<Duration> ask(Door door, Question question) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + question.path()))
                .timeout(PATIENCE)
                .header("X-Api-Key", question.key())
                .header("Content-Type", "application/json");
        question.body().ifPresent(body -> request.POST(HttpRequest.BodyPublishers.ofString(body)));
        long asked = System.nanoTime();
        try {
            if (client.send(request.build(), BodyHandlers.discarding()).statusCode() < LEAST_REFUSAL) {
                var took = Duration.ofNanos(System.nanoTime() - asked);
                Thread.sleep(BETWEEN_QUESTIONS.toMillis());
                return Optional.of(took);
            }
        } catch (IOException late) {
            LOG.debug("no answer because={}", late.toString());
        }
        Thread.sleep(BEFORE_THE_NEXT_TRY.toMillis());
        return Optional.empty();
    }

    /** Of some customers of some tenants, or of nobody's where there are none yet; an event that is refused, as it has nothing in it. All kinds in turn. */
    private List<Question> questions(List<KeyEntry> keys) {
        Access access = counting.access();
        List<String> tenants = Stream.concat(
                        access.tenants().stream().map(Tenant::name),
                        access.keys().stream().map(ApiKey::tenant))
                .distinct()
                .limit(TENANTS)
                .toList();
        var random = new SecureRandom();
        var questions = new ArrayList<Question>();
        for (String tenant : tenants.isEmpty() ? List.of("none") : tenants) {
            String key = ApiKeyFormat.generate("warm", random);
            keys.add(KeyEntry.ofKey(key, tenant, Set.of(Scope.READ, Scope.INGEST)));
            for (String customer : customers(tenant)) {
                questions.add(new Question(key, "/api/v1/usage/by-customer?limit=10", Optional.empty()));
                questions.add(new Question(key, "/api/v1/usage", Optional.of("{}")));
                questions.add(new Question(
                        key, "/api/v1/customers/" + RemoteInstance.encoded(customer) + "/usage", Optional.empty()));
            }
        }
        return questions;
    }

    private List<String> customers(String tenant) {
        var some = new RosterQuery(
                1,
                CUSTOMERS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RosterQuery.SortBy.LAST_SEEN_AT,
                true);
        List<String> found = counting.roster().list(tenant, some).customers().stream()
                .map(Customer::externalId)
                .toList();
        return found.isEmpty() ? List.of("nobody") : found;
    }
}
