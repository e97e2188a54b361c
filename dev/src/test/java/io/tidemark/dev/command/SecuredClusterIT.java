package io.tidemark.dev.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.dev.broker.EmbeddedBroker;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Certificate;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.dev.fixtures.GuardedRegistry;
import io.tidemark.dev.fixtures.ServeProcess;
import io.tidemark.dev.registry.SchemaRegistryServer;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.administration.AccessRule;
import io.tidemark.streams.connecting.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that lets in whom it knows, over TLS, to what it was told; a registry behind TLS and a password. */
@NullMarked
@Timeout(240)
class SecuredClusterIT {
    private static final String INSTANCE = "the-password-of-instances";
    private static final String PRODUCER = "the-password-of-producers";
    private static final String REGISTRY = "the-password-of-the-registry";
    private static final String OPERATOR = "the-key-of-the-operator";
    private static final List<String> SECRETS = List.of(INSTANCE, PRODUCER, REGISTRY, OPERATOR, Certificate.PASSWORD);

    @TempDir
    private Path directory;

    private Certificate certificate;
    private EmbeddedBroker broker;
    private SchemaRegistryServer registry;
    private GuardedRegistry guarded;
    private Admin superuser;
    private int securePort;

    @BeforeEach
    void start() throws Exception {
        certificate = Certificate.in(directory);
        securePort = freePort();
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0, secured());
        registry = SchemaRegistryServer.start(broker.bootstrapServers(), 0);
        guarded = GuardedRegistry.before(registry.url(), "tidemark:" + REGISTRY, certificate);
        superuser = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        superuser
                .alterUserScramCredentials(List.of(user("tidemark", INSTANCE), user("app", PRODUCER)))
                .all()
                .get();
    }

    @AfterEach
    void stop() {
        superuser.close();
        guarded.close();
        registry.close();
        broker.close();
    }

    @Test
    void countsWithWhatItWasAllowedAndNothingMore() throws Exception {
        Path settings = settings("tidemark", INSTANCE);
        var refused = run(settings, "topics", "create");
        assertThat(refused.code).as("control: nobody allowed anything").isEqualTo(1);
        assertThat(refused.out).containsIgnoringCase("authoriz");

        allow(AccessRule.ofInstances(metering(), "User:tidemark"));
        allow(AccessRule.ofProducers(metering(), "User:app"));
        assertThat(run(settings, "topics", "create").out)
                .contains("ok     topic tidemark.requests", "transaction.version 2")
                .doesNotContain("FAULT", "warn");
        countsOne(settings);
        Ran doctor = run(settings, "doctor");
        assertThat(doctor.code).as(doctor.out).isZero();
        assertThat(doctor.out).doesNotContain("cannot be read", "FAULT").contains("ahead of the controller's");
        assertThat(guarded.let()).isPositive();
        assertThat(guarded.refused()).isZero();
    }

    @Test
    void aWrongPasswordIsSaid() throws Exception {
        Ran doctor = run(settings("tidemark", "wrong-" + INSTANCE), "doctor");
        assertThat(doctor.code).isEqualTo(1);
        assertThat(doctor.out).contains("FAULT").containsIgnoringCase("authentication failed");
        assertThat(doctor.out + doctor.err).doesNotContain(INSTANCE);
    }

    private void countsOne(Path settings) throws Exception {
        Path log = directory.resolve("serve.log");
        try (var serve = ServeProcess.start(
                List.of("serve"),
                ProcessBuilder.Redirect.to(log.toFile()),
                Map.of("TIDEMARK_CONFIG", settings.toString(), "TIDEMARK_LOG_LEVEL", "DEBUG"))) {
            String key = serve.api(OPERATOR).createKey("acme", "read");
            Ran sent = run(
                    settings("app", PRODUCER),
                    "send",
                    "usage",
                    "--tenant",
                    "acme",
                    "--customer",
                    "c1",
                    "--meter",
                    "gb",
                    "--quantity",
                    "0.1");
            assertThat(sent.code).as(sent.err).isZero();
            Api api = serve.api(key);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    api.get("/api/v1/customers/c1/usage").body())
                            .contains("\"quantity\":\"0.1\"", "\"complete\":true"));
            endsWhatTheDeadLeftOpen();
        }
        assertThat(SECRETS).noneMatch(secret -> read(log).contains(secret));
        assertThat(run(settings, "config").out)
                .contains("(hidden)", "SASL_SSL")
                .satisfies(shown -> assertThat(SECRETS).noneMatch(shown::contains));
    }

    /** Allowed that, too; and nothing of who is not of its application. */
    private void endsWhatTheDeadLeftOpen() {
        UUID dead = UUID.randomUUID();
        try (var left = open("tidemark-" + dead + "-1");
                var others = open("tidemark-two-" + dead + "-1")) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            superuser
                                    .describeTransactions(List.of("tidemark-" + dead + "-1"))
                                    .all()
                                    .get()
                                    .values()
                                    .stream()
                                    .noneMatch(one -> one.state() == TransactionState.ONGOING));
            assertThatThrownBy(left::commitTransaction).isInstanceOf(KafkaException.class);
            others.commitTransaction();
        }
    }

    private KafkaProducer<byte[], byte[]> open(String transactionalId) {
        var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", transactionalId),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        var unused = producer.send(
                new ProducerRecord<>("tidemark.usage-feed", "key".getBytes(UTF_8), "value".getBytes(UTF_8)));
        producer.flush();
        return producer;
    }

    private Map<String, String> secured() {
        String listener = "SECURE://127.0.0.1:" + securePort;
        return Map.of(
                "listeners", listener,
                "advertised.listeners", listener,
                "listener.security.protocol.map", "SECURE:SASL_SSL",
                "sasl.enabled.mechanisms", "SCRAM-SHA-512",
                "listener.name.secure.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                "ssl.keystore.type", "PKCS12",
                "ssl.keystore.location", certificate.keystore().toString(),
                "ssl.keystore.password", Certificate.PASSWORD,
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:ANONYMOUS");
    }

    private Path settings(String user, String password) throws IOException {
        Path secret = Files.writeString(directory.resolve(user + ".secret"), password + "\n");
        Path registryUser = Files.writeString(directory.resolve("registry.secret"), REGISTRY + "\n");
        Path operator = Files.writeString(directory.resolve("operator.secret"), OPERATOR + "\n");
        Path store = Files.writeString(directory.resolve("store.secret"), Certificate.PASSWORD);
        return Files.writeString(directory.resolve(user + ".properties"), """
                kafka=127.0.0.1:%d
                kafka.security.protocol=SASL_SSL
                kafka.sasl.mechanism=SCRAM-SHA-512
                kafka.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
                  username="%s" password="${secret:%s}";
                kafka.ssl.truststore.type=PEM
                kafka.ssl.truststore.location=%s
                registry=%s
                registry.basic.auth.credentials.source=USER_INFO
                registry.basic.auth.user.info=tidemark:${secret:%s}
                registry.ssl.truststore.type=PKCS12
                registry.ssl.truststore.location=%s
                registry.ssl.truststore.password=${secret:%s}
                replication-factor=1
                http-port=0
                state-dir=%s
                bootstrap-key=${secret:%s}
                """.formatted(
                        securePort,
                        user,
                        secret,
                        certificate.pem(),
                        guarded.url(),
                        registryUser,
                        certificate.truststore(),
                        store,
                        directory.resolve("state"),
                        operator));
    }

    private void allow(List<AccessRule> rules) throws Exception {
        superuser
                .createAcls(
                        rules.stream().flatMap(rule -> rule.bindings().stream()).toList())
                .all()
                .get();
    }

    private MeteringSettings metering() {
        return new MeteringSettings(
                new Connection("unused", "unused"),
                "tidemark",
                "tidemark.",
                12,
                1,
                true,
                directory,
                1,
                0,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                TimeRule.DEFAULT,
                Retention.DEFAULT,
                Set.of(),
                true,
                Duration.ofSeconds(3));
    }

    private record Ran(int code, String out, String err) {}

    private Ran run(Path settings, String... command) throws Exception {
        Path log = Files.createTempFile(directory, "run", ".log");
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--config", settings.toString()));
        Process process = DevProcess.tidemark(arguments, ProcessBuilder.Redirect.to(log.toFile()));
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ran(process.waitFor(), out, read(log));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static UserScramCredentialUpsertion user(String name, String password) {
        return new UserScramCredentialUpsertion(
                name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
