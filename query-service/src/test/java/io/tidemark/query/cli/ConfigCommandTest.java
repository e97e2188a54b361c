package io.tidemark.query.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigCommandTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    @Test
    void saysWhoGaveWhat() throws IOException {
        Path file = file("registry=http://r:1\nthreads=7\nkafka.security.protocol=SSL");
        shell.environment.put("TIDEMARK_HTTP_PORT", "9");
        assertThat(shell.run("config", "--config", file.toString(), "--kafka", "k:1", "--kafka-config", "client.id=x"))
                .isZero();
        assertThat(shell.out.lines())
                .anyMatch(row -> row.matches("kafka +k:1 +option +-"))
                .anyMatch(row -> row.matches("http-port +9 +TIDEMARK_HTTP_PORT +8080"))
                .anyMatch(row -> row.matches("threads +7 +" + file + " +\\d+"))
                .anyMatch(row -> row.matches("host +127.0.0.1 +default +127.0.0.1"))
                .anyMatch(row -> row.matches("kafka.security.protocol +SSL +" + file + " +-"))
                .anyMatch(row -> row.matches("kafka.client.id +x +option +-"));
        assertThat(shell.err).isEmpty();
    }

    @Test
    void showsNoSecret() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "s3cr3t-and-long-enough");
        shell.environment.put("TIDEMARK_BOOTSTRAP_KEY_FILE", secret.toString());
        Path file = file("kafka.sasl.jaas.config=password=${secret:" + secret + "}\n"
                + "registry=http://user:s3cr3t/@s3cr3t@r:1\n"
                + "registry.basic.auth.user.info=user:s3cr3t\n"
                + "registry.basic.auth.credentials.source=USER_INFO\n"
                + "kafka.plugin.of.ours=s3cr3t\n");
        assertThat(shell.run("config", "--json", "--config", file.toString())).isZero();
        assertThat(shell.out)
                .doesNotContain("s3cr3t")
                .contains("(hidden)", "http://r:1", "USER_INFO", "TIDEMARK_BOOTSTRAP_KEY_FILE");
        assertThat(shell.err).isEqualTo("warning: kafka.plugin.of.ours is unknown to Kafka" + System.lineSeparator());
    }

    @Test
    void aFlagIsAFlagWhereverItStands() throws IOException {
        String file = file("kafka=k:1\ncreate-topics=true").toString();
        for (String[] call : new String[][] {
            {"config", "--create-topics", "--config", file}, {"config", "--config", file, "--create-topics"}
        }) {
            assertThat(shell.run(call)).isZero();
            assertThat(shell.out.lines())
                    .anyMatch(row -> row.matches("kafka +k:1 +" + file + " +-"))
                    .anyMatch(row -> row.matches("create-topics +true +option +false"));
        }
        shell.environment.put("TIDEMARK_HTTP_ACCESS_LOG", "true");
        assertThat(shell.run("config", "--http-access-log")).isZero();
        assertThat(shell.out.lines()).anyMatch(row -> row.matches("http-access-log +true +option +false"));
    }

    @Test
    void takesAFormByItsName() throws IOException {
        assertThat(shell.run("config", "--config", file("page-cache=stock").toString()))
                .as(shell.err)
                .isZero();
        assertThat(shell.out.lines()).anyMatch(row -> row.matches("page-cache +stock +.*decoded"));
        assertThat(shell.run("serve", "--config", file("page-cache=heap").toString()))
                .isEqualTo(2);
        assertThat(shell.err).contains("heap");
        assertThat(shell.run("serve", "--kafka", "k:1", "--registry", "http://r:1", "--page-cache-bytes", "1000"))
                .isEqualTo(2);
        assertThat(shell.err).contains("--page-cache-bytes must be 1048576 or more");
    }

    @Test
    void takesAValueAsItIsWritten() throws IOException {
        String[] send = {"send", "usage", "--customer", "c", "--meter", "m", "--quantity", "1", "--tenant", "acme"};
        Path file = file("kafka=k$$x${HOME}:1\nregistry=http://r:1");
        shell.environment.put("TIDEMARK_CONFIG", file.toString());
        assertThat(shell.run(send)).as(shell.err).isZero();
        assertThat(shell.connections).singleElement().asString().startsWith("k$$x${HOME}:1 ");
    }

    @Test
    void doesNotShowASecretThatWasTakenForAName() throws IOException {
        Path file = file("kafka.ssl.keystore.key=-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN+s3cr3t/abc\n");
        assertThat(shell.run("config", "--config", file.toString())).isEqualTo(2);
        assertThat(shell.err).contains("is a backslash missing").doesNotContain("MIIE", "s3cr3t");
    }

    @Test
    void refusesNamesNobodyKnows() throws IOException {
        shell.environment.put("TIDEMARK_TREADS", "2");
        String file = file("partitons=3").toString();
        for (String command : new String[] {"config", "serve"}) {
            assertThat(shell.run(command, "--config", file)).isEqualTo(2);
            assertThat(shell.err)
                    .contains("unknown setting partitons; did you mean partitions?")
                    .contains("unknown variable TIDEMARK_TREADS; did you mean TIDEMARK_THREADS?");
        }
    }

    @Test
    void saysWhoGaveAValueThatCannotBe() throws IOException {
        shell.environment.put("TIDEMARK_PARTITIONS", "many");
        assertThat(shell.run("serve", "--config", file("late=soon").toString())).isEqualTo(2);
        assertThat(shell.err)
                .contains("'many' is not an int (in TIDEMARK_PARTITIONS)", "'soon' is no duration", "(in /");
    }

    @Test
    void whatCountingRestsOnCannotBePassedOn() throws IOException {
        Path file = file("kafka.producer.acks=1\nkafka.isolation.level=read_uncommitted\nkafka.state.dir=x");
        assertThat(shell.run("serve", "--config", file.toString())).isEqualTo(2);
        assertThat(shell.err)
                .contains("kafka.producer.acks cannot be changed", "kafka.isolation.level cannot be changed")
                .contains("kafka.state.dir has a setting of its own: state-dir");
    }

    @Test
    void theTemplateChangesNothing() throws IOException {
        assertThat(shell.run("config", "--template")).isZero();
        String template = shell.out;
        assertThat(shell.run("config")).isZero();
        String before = shell.out;
        assertThat(shell.run("config", "--config", file(template).toString())).isZero();
        assertThat(shell.out).isEqualTo(before);
        assertThat(template).contains("#http-port=8080", "#bootstrap-key=");
        String everything =
                template.replaceAll("(?m)^#(?=[a-z-]+=.)", "").replaceAll("(?m)^(bootstrap-key|peer-secret)=.*$", "");
        assertThat(shell.run("config", "--config", file(everything).toString()))
                .as(shell.err)
                .isZero();
        assertThat(shell.out).isNotEqualTo(before);
    }

    @Test
    void everyCommandTakesTheFile() throws IOException {
        Path file = file("kafka=k:1\nregistry=http://r:1\nkafka.client.id=mine");
        String[] send = {"send", "usage", "--customer", "c", "--meter", "m", "--quantity", "1", "--tenant", "acme"};
        assertThat(shell.run(send)).isEqualTo(2);
        shell.environment.put("TIDEMARK_CONFIG", file.toString());
        assertThat(shell.run(send)).as(shell.err).isZero();
        assertThat(shell.connections).singleElement().asString().isEqualTo("k:1 http://r:1 tidemark. {client.id=mine}");
    }

    private Path file(String lines) throws IOException {
        return Files.writeString(directory.resolve("tidemark.properties"), lines);
    }
}
