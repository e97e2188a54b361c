package io.tidemark.query.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingSourcesTest {
    private static final Set<String> KNOWN = Set.of("http-port", "kafka", "registry", "kafka-port", "api-key");

    @TempDir
    private Path directory;

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        var sources = sources(Map.of("TIDEMARK_HTTP_PORT", "1"), "http-port=2\nkafka=here:1");
        assertThat(sources.find("http-port")).contains(new Given("1", "TIDEMARK_HTTP_PORT"));
        assertThat(sources.find("kafka")).contains(new Given("here:1", file().toString()));
        assertThat(sources.find("registry")).isEmpty();
    }

    @Test
    void anEmptyVariableIsNotGiven() throws IOException {
        var sources = sources(Map.of("TIDEMARK_HTTP_PORT", ""), "http-port=2");
        assertThat(sources.find("http-port").map(Given::value)).contains("2");
    }

    @Test
    void whatBeginsWithKafkaIsPassedOn() throws IOException {
        var sources = sources(
                Map.of(
                        "TIDEMARK_KAFKA_SASL_MECHANISM", "PLAIN",
                        "TIDEMARK_KAFKA_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM", "",
                        "TIDEMARK_KAFKA_PORT", "9",
                        "TIDEMARK_KAFKA", "k:1",
                        "TIDEMARK_REGISTRY_BASIC_AUTH_CREDENTIALS_SOURCE", "URL"),
                "kafka.sasl.mechanism=SCRAM-SHA-512\nkafka.security.protocol=SASL_SSL\nregistry.a.b=c");
        assertThat(values(sources, "kafka."))
                .isEqualTo(Map.of(
                        "sasl.mechanism", "PLAIN",
                        "security.protocol", "SASL_SSL",
                        "ssl.endpoint.identification.algorithm", ""));
        assertThat(values(sources, "registry.")).isEqualTo(Map.of("a.b", "c", "basic.auth.credentials.source", "URL"));
        assertThat(sources.faults()).isEmpty();
        assertThat(sources.unknownVariables()).isEmpty();
    }

    @Test
    void secretsStandInFilesOfTheirOwn() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "s3cr$t\\1\n");
        var sources = sources(
                Map.of("TIDEMARK_API_KEY_FILE", secret.toString(), "TIDEMARK_KAFKA_X_FILE", secret.toString()),
                "kafka.sasl.jaas.config=user=\"u\" password=\"${secret:" + secret + "}\";");
        assertThat(sources.find("api-key")).contains(new Given("s3cr$t\\1", "TIDEMARK_API_KEY_FILE"));
        assertThat(values(sources, "kafka."))
                .isEqualTo(Map.of("sasl.jaas.config", "user=\"u\" password=\"s3cr$t\\\\1\";", "x", "s3cr$t\\1"));
        assertThat(sources.find("api-key").toString()).doesNotContain("s3cr");
    }

    @Test
    void aPasswordCannotEndItsJaasEntry() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "a\"b\\c");
        var sources =
                sources(Map.of("TIDEMARK_KAFKA_SASL_JAAS_CONFIG", "x password=\"${secret:" + secret + "}\";"), "");
        assertThat(values(sources, "kafka.")).isEqualTo(Map.of("sasl.jaas.config", "x password=\"a\\\"b\\\\c\";"));
    }

    @Test
    void anEmptyVariableDoesNotContradictItsFile() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "s");
        var sources = sources(Map.of("TIDEMARK_API_KEY", "", "TIDEMARK_API_KEY_FILE", secret.toString()), "");
        assertThat(sources.find("api-key").map(Given::value)).contains("s");
        assertThat(sources.faults()).isEmpty();
    }

    @Test
    void saysEveryFault() throws IOException {
        var sources = sources(
                Map.of("TIDEMARK_API_KEY_FILE", "/nowhere/key", "TIDEMARK_API_KEY", "k", "TIDEMARK_HTP_PORT", "1"),
                "http-prot=1\nzebra=1\nkafka=a\nkafka=b\nregistry=${secret:/nowhere/at-all}");
        assertThat(sources.faults())
                .anyMatch(fault -> fault.endsWith("unknown setting http-prot; did you mean http-port?"))
                .anyMatch(fault -> fault.endsWith("unknown setting zebra"))
                .anyMatch(fault -> fault.endsWith("kafka is given twice"))
                .anyMatch(fault -> fault.contains("/nowhere/at-all cannot be read"))
                .anyMatch(fault -> fault.contains("/nowhere/key cannot be read"))
                .contains("TIDEMARK_API_KEY and TIDEMARK_API_KEY_FILE are both set")
                .hasSize(6);
        assertThat(sources.unknownVariables())
                .containsExactly("unknown variable TIDEMARK_HTP_PORT; did you mean TIDEMARK_HTTP_PORT?");
    }

    @Test
    void leavesAloneWhatOthersSet() throws IOException {
        var sources = sources(
                Map.of(
                        "TIDEMARK_VERSION", "1",
                        "TIDEMARK_LOG_LEVEL", "DEBUG",
                        "TIDEMARK_SERVICE_HOST", "10.0.0.1",
                        "TIDEMARK_PORT", "tcp://10.0.0.1:80",
                        "TIDEMARK_KAFKA_SERVICE_PORT_HTTP", "80",
                        "TIDEMARK_KAFKA_PORT_9092_TCP_ADDR", "10.0.0.1"),
                "");
        assertThat(sources.unknownVariables()).isEmpty();
        assertThat(sources.passedOn("kafka.")).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsAFault() {
        var sources = new SettingSources(Map.of(), Optional.of(directory.resolve("none")), KNOWN);
        assertThat(sources.faults()).singleElement().asString().contains("none cannot be read");
    }

    private Map<String, String> values(SettingSources sources, String prefix) {
        return sources.passedOn(prefix).entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().value()));
    }

    private Path file() {
        return directory.resolve("tidemark.properties");
    }

    private SettingSources sources(Map<String, String> environment, String lines) throws IOException {
        return new SettingSources(environment, Optional.of(Files.writeString(file(), lines)), KNOWN);
    }
}
