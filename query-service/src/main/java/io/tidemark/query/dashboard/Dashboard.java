package io.tidemark.query.dashboard;

import io.javalin.http.Context;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.http.Resource;
import io.tidemark.query.http.StaticFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The dashboard's page and its files. Links in it are relative, so that it works behind a proxy that puts a path before it. */
public final class Dashboard {
    /** Behind it: the name of a file. */
    public static final String FILES = "/app";

    private static final List<String> SCRIPTS = List.of(
            "api.js",
            "app.js",
            "customer.js",
            "dom.js",
            "events.js",
            "format.js",
            "keys.js",
            "live.js",
            "operations.js",
            "overview.js",
            "parts.js",
            "place.js",
            "shared.js",
            "sharing.js",
            "theme.js",
            "used.js");

    private final StaticFile page = new StaticFile("text/html; charset=utf-8", own("index.html"));
    private final Map<String, StaticFile> files = new HashMap<>();

    public Dashboard() {
        SCRIPTS.forEach(name -> files.put(name, script(own(name))));
        files.put("style.css", new StaticFile("text/css; charset=utf-8", own("style.css")));
        files.put("icon.svg", new StaticFile("image/svg+xml", own("icon.svg")));
        files.put(
                "chart.umd.min.js", script(Resource.ofWebJar("org.webjars.npm", "chart.js", "dist/chart.umd.min.js")));
    }

    public void show(Context context) {
        Replies.file(context, page);
    }

    public void file(Context context) {
        StaticFile file = files.get(context.pathParam("file"));
        if (file == null) {
            throw new Refused(Problem.of(Problem.Kind.NOT_FOUND, "There is nothing at this path."));
        }
        Replies.file(context, file);
    }

    private static StaticFile script(byte[] text) {
        return new StaticFile("text/javascript; charset=utf-8", text);
    }

    private static byte[] own(String name) {
        return Resource.read("/dashboard/" + name);
    }
}
