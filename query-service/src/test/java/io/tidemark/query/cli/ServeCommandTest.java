package io.tidemark.query.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ServeCommandTest {
    private final Shell shell = new Shell();

    @Test
    void listsAllFaultsAtOnce() {
        shell.environment.put("TIDEMARK_BOOTSTRAP_KEY", "too short");
        int code = shell.run(
                "serve",
                "--http-port",
                "99999",
                "--partitions",
                "many",
                "--threads",
                "0",
                "--late",
                "soon",
                "--keep-minutes",
                "1d",
                "--http-trusted-proxies",
                "10.0.0.0/8,proxy.example",
                "--nonsense");
        assertThat(code).isEqualTo(2);
        assertThat(shell.out).isEmpty();
        assertThat(shell.err)
                .contains(
                        "--kafka is missing",
                        "--registry is missing",
                        "--http-port must be",
                        "--partitions",
                        "--threads must")
                .contains("'soon' is no duration", "hour pages are kept", "--nonsense")
                .contains(
                        "TIDEMARK_BOOTSTRAP_KEY must have 16 characters",
                        "TIDEMARK_BOOTSTRAP_KEY must consist of visible")
                .contains("'proxy.example' is neither an address", "try: tidemark serve --help")
                .doesNotContain("\tat ", "too short", "--topic-prefix", "--application-id", "--session-timeout");
    }

    @Test
    void takesOptionsFromTheEnvironment() {
        shell.environment.put("TIDEMARK_KAFKA", "kafka:1");
        shell.environment.put("TIDEMARK_HTTP_PORT", "-1");
        shell.environment.put("TIDEMARK_VERSION", "0.1.0");
        shell.environment.put("TIDEMARK_HELP", "true");
        assertThat(shell.run("serve")).isEqualTo(2);
        assertThat(shell.err)
                .contains("--http-port must be", "--registry is missing")
                .doesNotContain("--kafka is missing");
        assertThat(shell.run("serve", "--http-port", "0")).isEqualTo(2);
        assertThat(shell.err).doesNotContain("--http-port");
    }

    @Test
    void teaches() {
        assertThat(shell.run()).isZero();
        assertThat(shell.out).contains("Examples:", "Environment:", "Exit codes:", "serve", "send");
        for (String[] help : new String[][] {
            {"serve", "--help"},
            {"send", "--help"},
            {"send", "request", "--help"},
            {"keys", "--help"},
            {"keys", "create", "--help"},
            {"tenants", "--help"},
            {"--help"}
        }) {
            assertThat(shell.run(help)).isZero();
            assertThat(shell.out).startsWith("Usage: tidemark");
        }
        assertThat(shell.run("--version")).isZero();
        assertThat(shell.run("nonsense")).isEqualTo(2);
    }
}
