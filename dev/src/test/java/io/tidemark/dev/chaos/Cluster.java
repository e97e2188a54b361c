package io.tidemark.dev.chaos;

import io.tidemark.dev.fixtures.ServeProcess;
import io.tidemark.dev.fixtures.TestRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** A broker and instances that are processes of their own, and a registry that can be away. */
final class Cluster implements AutoCloseable {
    static final String BOOTSTRAP_KEY = "a-key-of-the-operator";
    static final List<String> TENANTS = List.of("acme", "globex");
    /** Enough to be shared, and to move; each costs every start something. */
    static final int PARTITIONS = 6;

    static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Where logs and figures go. */
    static final Path OUTPUT = Path.of("target", "chaos");

    private final Path directory;
    private final String name;
    private final Variant variant;
    private final int brokerPort = FreePorts.next();
    private final int registryPort = FreePorts.next();
    private final List<Member> members = new ArrayList<>();
    private final Map<String, String> keys = new HashMap<>();
    private volatile int known;
    private Jvm broker;
    private @Nullable TestRegistry registry;

    private Cluster(Path directory, String name, Variant variant) throws IOException {
        this.directory = directory;
        this.name = name;
        this.variant = variant;
        this.broker = launchBroker();
        awaitBroker();
        registryBack();
    }

    /** With so many instances, all of them ready, and a key for each tenant. */
    static Cluster start(Path directory, String name, int instances) throws IOException, InterruptedException {
        return start(directory, name, instances, Variant.SHIPPED);
    }

    static Cluster start(Path directory, String name, int instances, Variant variant)
            throws IOException, InterruptedException {
        var cluster = new Cluster(directory, name, variant);
        try {
            // The first makes the topics; two at once would only get in each other's way.
            cluster.member(0).start();
            cluster.member(0).awaitReady(PATIENCE);
            for (int i = 1; i < instances; i++) {
                cluster.member(i).start();
            }
            for (String tenant : TENANTS) {
                cluster.keys.put(tenant, cluster.member(0).api(BOOTSTRAP_KEY).createKey(tenant, "read\",\"ingest"));
            }
            cluster.awaitReady();
            cluster.clientsKnow(instances);
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The one of that number, which may never have been started. */
    synchronized Member member(int number) {
        while (members.size() <= number) {
            int next = members.size();
            members.add(new Member(
                    next,
                    directory.resolve("state" + next),
                    new Jvm.Program(variant.main(), variant.classPathFirst(), "384m", log("instance" + next)),
                    options(next),
                    variables()));
        }
        return members.get(number);
    }

    /** Another state directory for one that was not started yet. */
    synchronized Member memberAt(int number, Path state) {
        if (number != members.size()) {
            throw new IllegalArgumentException("the next has the number " + members.size());
        }
        members.add(new Member(
                number,
                state,
                new Jvm.Program(variant.main(), variant.classPathFirst(), "384m", log("instance" + number)),
                options(number),
                variables()));
        return members.get(number);
    }

    /**
     * Every second instance holds pages and writes ids as Kafka Streams by itself would. So both forms go through every fault, each takes over from the other, and
     * one of them has a transaction open nearly always, the other while it commits.
     */
    private static final List<String> STOCK = List.of("--page-cache", "stock", "--ids", "records");

    private List<String> options(int number) {
        var options = new ArrayList<>(List.of(
                "serve",
                "--kafka",
                kafka(),
                "--registry",
                registryUrl(),
                "--replication-factor",
                "1",
                "--partitions",
                String.valueOf(PARTITIONS),
                "--create-topics",
                "--standbys",
                "1",
                "--peer-port",
                "0",
                "--drain",
                "1s"));
        options.addAll(number % 2 == 0 ? List.of() : STOCK);
        String more = System.getProperty("tidemark.chaos.options", "");
        options.addAll(more.isBlank() ? List.of() : List.of(more.split(" ")));
        return options;
    }

    private static Map<String, String> variables() {
        return Map.of(
                "TIDEMARK_BOOTSTRAP_KEY",
                BOOTSTRAP_KEY,
                ServeProcess.PEER_SECRET,
                "what all instances of a test share");
    }

    private Path log(String of) {
        return OUTPUT.resolve("log").resolve(name + "-" + of + ".log");
    }

    /** Those that clients know of, running or not: the first so many. */
    synchronized List<Member> known() {
        return List.copyOf(members.subList(0, known));
    }

    void clientsKnow(int instances) {
        known = instances;
    }

    /** Those that run now. */
    synchronized List<Member> running() {
        return members.stream().filter(Member::isRunning).toList();
    }

    void awaitReady() throws InterruptedException {
        for (Member member : running()) {
            member.awaitReady(PATIENCE);
        }
    }

    /** Until each partition is counted by one instance, and another has a copy of it: as before a fault. */
    void awaitWhole() throws IOException, InterruptedException {
        Instant began = Instant.now();
        while (running().size() > 1 && !isWhole()) {
            if (Instant.now().isAfter(began.plus(PATIENCE))) {
                throw new IllegalStateException("there is not a copy of everything");
            }
            Thread.sleep(100);
        }
    }

    private boolean isWhole() throws IOException, InterruptedException {
        int counting = 0;
        int copies = 0;
        for (Member member : running()) {
            for (Map.Entry<String, BigDecimal> held :
                    member.api(BOOTSTRAP_KEY).values("tidemark_partitions").entrySet()) {
                int number = held.getValue().intValueExact();
                counting += held.getKey().contains("counting") ? number : 0;
                copies += held.getKey().contains("copy") ? number : 0;
            }
        }
        return counting == PARTITIONS && copies >= PARTITIONS;
    }

    String key(String tenant) {
        String key = keys.get(tenant);
        if (key == null) {
            throw new IllegalArgumentException("no key of " + tenant);
        }
        return key;
    }

    String kafka() {
        return "127.0.0.1:" + brokerPort;
    }

    String registryUrl() {
        return "http://127.0.0.1:" + registryPort;
    }

    private Jvm launchBroker() throws IOException {
        Files.createDirectories(directory);
        var program = new Jvm.Program(BrokerMain.class.getName(), List.of(), "512m", log("broker"));
        return Jvm.start(program, List.of(directory.resolve("kafka").toString(), String.valueOf(brokerPort)), Map.of());
    }

    /** Returns how long it took. */
    Duration awaitBroker() {
        Instant began = Instant.now();
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka(), "reconnect.backoff.max.ms", 100))) {
            admin.describeCluster().nodes().get();
        } catch (Exception e) {
            throw new IllegalStateException("no broker", e);
        }
        return Duration.between(began, Instant.now());
    }

    void killBroker() throws InterruptedException {
        broker.kill();
    }

    /** On the same port and data directory; returns when it answers, with how long it took. */
    Duration brokerBack() throws IOException {
        broker = launchBroker();
        return awaitBroker();
    }

    /** Stops everything where it stands, and copies it to where a test leaves it. */
    Path keep() throws IOException, InterruptedException {
        for (Member member : running()) {
            member.process().pause();
        }
        broker.pause();
        Path kept = OUTPUT.resolve("wrong").resolve(name);
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path one : all.toList()) {
                Path copy = kept.resolve(directory.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(one, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        broker.goOn();
        for (Member member : running()) {
            member.process().goOn();
        }
        return kept.toAbsolutePath();
    }

    void registryAway() {
        TestRegistry there = registry;
        if (there != null) {
            there.close();
        }
        registry = null;
    }

    void registryBack() {
        registry = TestRegistry.start(directory.resolve("registry"), kafka(), registryPort);
    }

    @Override
    public void close() {
        members.stream()
                .filter(Member::isRunning)
                .forEach(member -> member.process().close());
        registryAway();
        broker.close();
    }
}
