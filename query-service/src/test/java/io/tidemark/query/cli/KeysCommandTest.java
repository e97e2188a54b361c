package io.tidemark.query.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.OpenDoor;
import io.tidemark.query.keys.ApiKeyFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysCommandTest {
    @TempDir
    private Path directory = Path.of("");

    private final OpenDoor door = new OpenDoor();
    private final Shell shell = new Shell();

    @BeforeEach
    void pointAtTheDoor() {
        shell.environment.put("TIDEMARK_URL", "http://127.0.0.1:" + door.port() + "/");
        shell.environment.put("TIDEMARK_API_KEY", OpenDoor.OPERATOR_KEY);
        shell.environment.put("TIDEMARK_TENANT", "not-for-keys");
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void makesAKeyThatScriptsCanTake() throws Exception {
        int code = shell.run("keys", "create", "--tenant", "acme", "--scopes", "ingest,read", "--expires", "90d");
        assertThat(code).as(shell.err).isZero();
        String key = shell.out.strip();
        assertThat(key).matches("tm_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}");
        assertThat(shell.err)
                .contains("tenant=acme", "scopes=[\"ingest\",\"read\"]", "expires_at=2027-01-18T12:34:56")
                .doesNotContain(key);
        assertThat(door.get("/api/v1/customers/c/usage", "X-Api-Key", key).statusCode())
                .isEqualTo(200);
        assertThat(shell.run("keys", "create", "--tenant", "acme", "--scopes", "read", "--json"))
                .isZero();
        assertThat(shell.out).startsWith("{\"id\":").contains("\"key\":\"tm_live_");
    }

    @Test
    void listsReplacesAndRevokes() throws Exception {
        shell.run("keys", "create", "--tenant", "acme", "--scopes", "read", "--name", "night job");
        String old = shell.out.strip();
        String id = ApiKeyFormat.id(old);
        assertThat(shell.run("keys", "rotate", id, "--overlap", "0s"))
                .as(shell.err)
                .isZero();
        String fresh = shell.out.strip();
        assertThat(door.get("/api/v1/customers/c/usage", "X-Api-Key", old).statusCode())
                .isEqualTo(401);
        assertThat(shell.run("keys", "revoke", ApiKeyFormat.id(fresh))).isZero();
        assertThat(shell.out).isEmpty();
        assertThat(door.get("/api/v1/customers/c/usage", "X-Api-Key", fresh).statusCode())
                .isEqualTo(401);
        assertThat(shell.run("keys", "list", "--tenant", "acme")).isZero();
        assertThat(shell.out.lines().toList())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("id        tenant  scopes  active  created_at");
        assertThat(shell.out).contains(id, "night job").doesNotContain(old, fresh);
        assertThat(shell.run("keys", "list", "--tenant", "globex", "--json")).isZero();
        assertThat(shell.out.strip()).isEqualTo("{\"data\":[]}");
    }

    @Test
    void makesAndListsTenants() {
        assertThat(shell.run(
                        "tenants", "create", "acme", "--currency", "NPR", "--meter", "storage_gb", "--meter", "seats"))
                .as(shell.err)
                .isZero();
        assertThat(shell.out).contains("\"default_currency\":\"NPR\"", "\"meters\":[\"seats\",\"storage_gb\"]");
        assertThat(shell.run("tenants", "list")).isZero();
        assertThat(shell.out).contains("acme    NPR               -");
        assertThat(shell.run("tenants", "create", "acme")).isEqualTo(1);
        assertThat(shell.err).contains("error: 409 There is a tenant of this name.");
    }

    @Test
    void saysEveryFaultTheInstanceFinds() {
        int code = shell.run("keys", "create", "--tenant", "Acme", "--scopes", "read,fly", "--environment", "X");
        assertThat(code).isEqualTo(1);
        assertThat(shell.err)
                .contains("error: 400", "error: /tenant must", "error: /scopes/1 must", "error: /environment must")
                .doesNotContain("\tat ");
        assertThat(shell.run("keys", "revoke", "a/b c")).isEqualTo(1);
        assertThat(shell.err).contains("error: 404 There is no such key.");
    }

    @Test
    void listsWhatIsWrongWithTheCallAtOnce() {
        shell.environment.clear();
        int code = shell.run(
                "keys", "create", "--url", "nowhere", "--expires", "soon", "--data-dir", directory.toString(), "--x");
        assertThat(code).isEqualTo(2);
        assertThat(shell.err)
                .contains("--tenant is missing", "--scopes is missing", "--expires must be", "--url must be", "--x")
                .contains("--api-key is missing");
        assertThat(shell.run("keys", "revoke", "--data-dir", directory.toString()))
                .isEqualTo(2);
        assertThat(shell.err).contains("ID", "--url is missing, and no dev is running");
    }

    @Test
    void asksTheDevOfADirectoryAndSendsItsKeyNowhereElse() throws Exception {
        Files.writeString(directory.resolve("endpoints.properties"), "http=http\\://127.0.0.1\\:" + door.port());
        Files.writeString(directory.resolve("dev.key"), OpenDoor.OPERATOR_KEY + "\n");
        shell.environment.clear();
        String[] list = {"keys", "list", "--data-dir", directory.toString()};
        assertThat(shell.run(list)).as(shell.err).isZero();
        shell.environment.put("TIDEMARK_URL", "http://elsewhere.example");
        assertThat(shell.run(list)).isEqualTo(2);
        assertThat(shell.err).contains("--api-key is missing");
    }

    @Test
    void saysThatNobodyAnswers() {
        door.close();
        assertThat(shell.run("keys", "list")).isEqualTo(1);
        assertThat(shell.err).contains("cannot be reached").doesNotContain("\tat ", OpenDoor.OPERATOR_KEY);
    }
}
