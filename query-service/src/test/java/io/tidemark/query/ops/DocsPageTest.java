package io.tidemark.query.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.OpenDoor;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DocsPageTest {
    private static final Pattern LINK = Pattern.compile("(?:src|href|data-document)=\"([^\"]+)\"");

    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void hasAllItNeedsOnThisServerWithAndWithoutASlash() throws Exception {
        for (String path : new String[] {"/docs", "/docs/"}) {
            var page = open(path);
            assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
            var links = LINK.matcher(page.body())
                    .results()
                    .map(link -> link.group(1))
                    .toList();
            assertThat(links).hasSize(7);
            for (String link : links) {
                assertThat(open(page.uri().resolve(link).getPath()).statusCode())
                        .as(link)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void allowsNothingFromElsewhere() throws Exception {
        var page = open("/docs");
        assertThat(page.body()).doesNotContain("http:", "https:", "<script>", "style=");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("http");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void namesItsFilesByTheirContentAndDoesNotSendThemTwice() throws Exception {
        var script = open("/docs/swagger-ui-bundle.js");
        assertThat(script.body()).contains("SwaggerUIBundle");
        String tag = script.headers().firstValue("ETag").orElseThrow();
        var again = door.get("/docs/swagger-ui-bundle.js", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(door.get("/docs/swagger-ui-bundle.js", "If-None-Match", "\"another\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void servesNothingElseOfTheJar() throws Exception {
        for (String other :
                new String[] {"index.html", "swagger-ui-bundle.js.map", "swagger-initializer.js", "..", "%2e%2e"}) {
            assertThat(open("/docs/" + other).statusCode()).as(other).isEqualTo(404);
        }
    }

    private HttpResponse<String> open(String path) throws Exception {
        return door.get(path, new String[0]);
    }
}
