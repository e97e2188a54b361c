package io.tidemark.query.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import io.tidemark.streams.StartRefused;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server, hardened: {@link Limits} say what one client may take from the others. */
public final class Door implements AutoCloseable {
    private static final int FIRST_JAVA_WITH_VIRTUAL_THREADS = 21;
    /** What Jetty itself needs to accept and select. */
    private static final int JETTY_THREADS = 32;

    /** How long answers that are being written may take once the door closes. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final Javalin javalin;
    private final int port;

    private Door(Javalin javalin) {
        this.javalin = javalin;
        this.port = javalin.port();
    }

    /**
     * Opens the door; calls are answered when this returns.
     *
     * @param port 0 takes any free one
     * @param routes adds what is answered
     * @throws StartRefused when the port is taken or not ours to take
     */
    public static Door open(String host, int port, Limits limits, Front front, Consumer<JavalinConfig> routes) {
        var javalin = Javalin.create(config -> {
            settle(config, limits);
            config.appData(RequestBody.LIMITS, limits);
            config.appData(RequestBody.BUDGET, new BodyBudget(limits.bodyBytesInAll()));
            Failures.mapIn(config);
            config.routes.before(RawPath::refuseBroken);
            routes.accept(config);
            config.jetty.modifyServer(server -> {
                server.setErrorHandler(new BareProblems(front));
                if (front.accessLog()) {
                    server.setRequestLog(new AccessLog(front));
                }
                server.setStopTimeout(LAST_ANSWERS.toMillis());
            });
            config.jetty.modifyServletContextHandler(context -> {
                context.setErrorHandler(new BareProblems(front));
                // Segments are cut by us before they are decoded, so nothing about them is ambiguous.
                context.getServletHandler().setDecodeAmbiguousURIs(true);
                // Else a request line without a path is redirected to where its sender says.
                context.setAllowNullPathInContext(true);
            });
            config.jetty.addConnector((server, http) -> {
                http.addCustomizer(Exchange.beginning(front));
                return Hardened.connector(server, http, host, port, limits);
            });
        });
        try {
            return new Door(javalin.start());
        } catch (JavalinBindException taken) {
            throw new StartRefused(List.of("cannot listen at " + host + ":" + port + ": " + taken.getMessage()));
        }
    }

    private static void settle(JavalinConfig config, Limits limits) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = Limits.BODY_BYTES;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        if (Runtime.version().feature() >= FIRST_JAVA_WITH_VIRTUAL_THREADS) {
            config.concurrency.useVirtualThreads = true;
        } else {
            // A call that waits, for a position or until a change is made, holds a thread: with fewer of them than
            // connections, those that wait could hold all. They come into being as they are needed.
            config.jetty.threadPool = new QueuedThreadPool(limits.connections() + JETTY_THREADS);
        }
    }

    /** The port it listens at, also when any free one was asked for. */
    public int port() {
        return port;
    }

    /** Refuses further requests and gives those under way a second. */
    @Override
    public void close() {
        try {
            javalin.stop();
        } catch (JavalinException late) {
            // Jetty has closed what was still open by then; nothing is left to do.
            LOG.warn("closed with requests still under way: {}", late.getMessage());
        }
    }
}
