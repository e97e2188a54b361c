package io.tidemark.query.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecountCommandTest {
    private final Shell shell = new Shell();

    @Test
    void listsAllFaultsAtOnce() {
        int code = shell.run(
                "recount --to 2026-13-01 --customer  --differences 0 --threads 0 --data-dir /nowhere".split(" "));
        assertThat(code).isEqualTo(2);
        assertThat(shell.err)
                .contains("--from is missing", "--to must be a time", "--customer must", "--differences must")
                .contains("--threads must", "--kafka is missing", "--registry is missing", "--api-key is missing");
    }

    @Test
    void endsAfterItBegins() {
        shell.environment.putAll(Map.of(
                "TIDEMARK_URL", "http://127.0.0.1:1",
                "TIDEMARK_API_KEY", "k",
                "TIDEMARK_KAFKA", "127.0.0.1:1",
                "TIDEMARK_REGISTRY", "http://127.0.0.1:1",
                "TIDEMARK_LATE", "35 days"));
        assertThat(shell.run("recount", "--from", "2026-10-21")).isEqualTo(2);
        assertThat(shell.err)
                .contains("--to must be later than --from")
                .contains("--late")
                .contains("35 days");
    }

    /** Whose customers are meant is asked first of all. */
    @Test
    void saysThatNobodyAnswers() {
        shell.environment.putAll(Map.of(
                "TIDEMARK_URL", "http://127.0.0.1:1",
                "TIDEMARK_API_KEY", "k",
                "TIDEMARK_KAFKA", "127.0.0.1:1",
                "TIDEMARK_REGISTRY", "http://127.0.0.1:1"));
        assertThat(shell.run("recount", "--from", "2026-10-20", "--json")).isEqualTo(3);
        assertThat(shell.err).contains("cannot be reached");
        assertThat(shell.out).isEmpty();
    }
}
