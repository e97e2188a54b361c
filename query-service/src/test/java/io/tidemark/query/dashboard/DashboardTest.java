package io.tidemark.query.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.OpenDoor;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NullMarked
class DashboardTest {
    private static final int FIRST_VIEW_BYTES = 150 * 1024;
    private static final Pattern LINKS = Pattern.compile("(?:href|src)=\"(app/[^\"]+)\"");
    private static final Pattern IMPORTS = Pattern.compile("from '\\./([^']+)'");

    private final OpenDoor door = new OpenDoor();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        door.close();
    }

    private HttpResponse<byte[]> open(String path, String encodings) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                .header("Accept-Encoding", encodings);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The page, what it links, and what that imports. */
    private Set<String> firstView() throws Exception {
        var paths = new HashSet<String>(Set.of("/"));
        LINKS.matcher(text(open("/", "identity"))).results().forEach(link -> paths.add("/" + link.group(1)));
        var left = new HashSet<>(paths);
        while (!left.isEmpty()) {
            String path = left.iterator().next();
            left.remove(path);
            if (path.endsWith(".js") && !path.contains("chart")) {
                IMPORTS.matcher(text(open(path, "identity"))).results().forEach(module -> {
                    if (paths.add("/app/" + module.group(1))) {
                        left.add("/app/" + module.group(1));
                    }
                });
            }
        }
        return paths;
    }

    @Test
    void hasAllThatItLinksAndImports() throws Exception {
        Set<String> paths = firstView();
        assertThat(paths).hasSizeGreaterThan(10).contains("/app/app.js", "/app/overview.js", "/app/chart.umd.min.js");
        for (String path : paths) {
            assertThat(open(path, "identity").statusCode()).as(path).isEqualTo(200);
        }
    }

    /** Else they would be fetched one behind the other: what imports a module is read before that is asked for. */
    @Test
    void asksForAllItsModulesAtOnce() throws Exception {
        String page = text(open("/", "identity"));
        for (String path : firstView()) {
            if (path.endsWith(".js") && !path.contains("chart") && !page.contains("src=\"" + path.substring(1) + '"')) {
                assertThat(page).contains("<link rel=\"modulepreload\" href=\"" + path.substring(1) + "\">");
            }
        }
    }

    @Test
    void isSmall() throws Exception {
        int bytes = 0;
        for (String path : firstView()) {
            var answer = open(path, "br, gzip");
            assertThat(answer.headers().firstValue("Content-Encoding")).as(path).hasValue("gzip");
            bytes += answer.body().length;
        }
        System.out.println("measured: first view, compressed: " + bytes + " bytes");
        assertThat(bytes).isLessThanOrEqualTo(FIRST_VIEW_BYTES);
    }

    @Test
    void isTheSameCompressedAndNot() throws Exception {
        var plain = open("/app/app.js", "gzip;q=0, identity");
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        var compressed = open("/app/app.js", "gzip;q=0.5");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @Test
    void asksNobodyElse() throws Exception {
        for (String path : firstView()) {
            var answer = open(path, "identity");
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .hasValue("default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'");
            if (!path.contains("chart") && !path.endsWith(".svg")) {
                assertThat(text(answer)).as(path).doesNotContain("http:", "https:", "innerHTML", "eval(", " style=");
            }
        }
    }

    @Test
    void servesNothingElse() throws Exception {
        for (String other : new String[] {"/app/", "/app/index.html", "/app/chart.umd.js", "/app/..", "/app/%2e%2e"}) {
            assertThat(open(other, "identity").statusCode()).as(other).isEqualTo(404);
        }
    }
}
