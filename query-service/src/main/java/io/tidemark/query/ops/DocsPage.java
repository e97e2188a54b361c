package io.tidemark.query.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.RawPath;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.http.Resource;
import io.tidemark.query.http.StaticFile;
import java.util.HashMap;
import java.util.Map;

/**
 * The description as a page to read and to try: Swagger UI out of its WebJar. Of that, only what the page needs is served, and
 * nothing is fetched from anywhere else.
 */
public final class DocsPage {
    public static final String PATH = "/docs";

    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private final StaticFile page;
    private final StaticFile pageWithSlash;
    private final Map<String, StaticFile> files = new HashMap<>();

    public DocsPage() {
        files.put("swagger-ui.css", new StaticFile(CSS, ofSwagger("swagger-ui.css")).withStyles());
        files.put("swagger-ui-bundle.js", new StaticFile(SCRIPT, ofSwagger("swagger-ui-bundle.js")).withStyles());
        files.put("favicon-32x32.png", new StaticFile("image/png", ofSwagger("favicon-32x32.png")).withStyles());
        files.put("page.css", new StaticFile(CSS, Resource.read("/docs/page.css")).withStyles());
        files.put("page.js", new StaticFile(SCRIPT, Resource.read("/docs/page.js")).withStyles());
        page = page("docs/", "");
        pageWithSlash = page("", "../");
    }

    private static byte[] ofSwagger(String file) {
        return Resource.ofWebJar("org.webjars", "swagger-ui", file);
    }

    public void show(Context context) {
        Replies.file(context, RawPath.endsWithSlash(context) ? pageWithSlash : page);
    }

    public void file(Context context) {
        StaticFile file = files.get(context.pathParam("file"));
        if (file == null) {
            throw new Refused(Problem.of(Problem.Kind.NOT_FOUND, "There is nothing at this path."));
        }
        Replies.file(context, file);
    }

    /** All links are relative, so that the page works behind a proxy that puts a path before it. */
    private static StaticFile page(String toFiles, String toRoot) {
        String html = new String(Resource.read("/docs/index.html"), UTF_8)
                .replace("{files}", toFiles)
                .replace("{root}", toRoot);
        return new StaticFile("text/html; charset=utf-8", html.getBytes(UTF_8)).withStyles();
    }
}
