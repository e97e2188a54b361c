package io.tidemark.dev.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** axe-core, which knows the rules of WCAG, and of good practice, that a program can judge. */
final class Axe {
    private static final String RUN = """
            () => axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.map(
              one => one.id + ' (' + one.help + '): ' + one.nodes.map(node => node.target.join(' ') + ' ' + node.html.slice(0, 120)).slice(0, 5).join(' | ')))
            """;

    private final String source;

    Axe() throws IOException {
        try (InputStream script = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            source = new String(script.readAllBytes(), UTF_8);
        }
    }

    /** What is wrong with the page as it is now, all rules. */
    List<String> violations(Page page) {
        if (!Boolean.TRUE.equals(page.evaluate("() => typeof axe === 'object'"))) {
            page.evaluate(source + "; undefined");
        }
        return ((List<?>) page.evaluate(RUN)).stream().map(String::valueOf).toList();
    }
}
