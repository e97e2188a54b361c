package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** How a new key is printed: alone on standard output, where scripts take it, with the rest on standard error. */
final class KeyOutput {
    static final String PATH = "/admin/api-keys";

    private static final List<String> SAID = List.of("id", "tenant", "scopes", "name", "environment", "expires_at");

    private KeyOutput() {}

    static void made(CommandLine line, JsonNode answer, boolean json) {
        line.getOut().println(json ? answer.toString() : answer.path("key").asText());
        line.getOut().flush();
        if (!json) {
            note(
                    line,
                    SAID.stream()
                            .filter(answer::hasNonNull)
                            .map(name -> name + "=" + said(answer.path(name)))
                            .collect(Collectors.joining(" ")));
        }
    }

    private static String said(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }

    static void note(CommandLine line, String text) {
        line.getErr().println(text);
        line.getErr().flush();
    }
}
