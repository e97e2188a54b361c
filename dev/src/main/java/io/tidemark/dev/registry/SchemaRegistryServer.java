package io.tidemark.dev.registry;

import io.confluent.kafka.schemaregistry.utils.JacksonMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinBindException;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The registry's door on 127.0.0.1. All it knows is in the topic {@code _schemas}, so a start finds what was there. */
public final class SchemaRegistryServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long LARGEST_BODY = 1 << 20;
    private static final int THREADS = 16;

    private final SchemaLog log;
    private final Javalin door;

    private SchemaRegistryServer(SchemaLog log, Javalin door) {
        this.log = log;
        this.door = door;
    }

    /**
     * Reads the topic to its end, creating it if need be, and opens the door.
     *
     * @param port 0 for any free one
     * @throws IllegalStateException when the port is taken, or {@code _schemas} exists with the wrong settings
     */
    public static SchemaRegistryServer start(String bootstrapServers, int port) {
        var subjects = new Subjects();
        var log = SchemaLog.open(bootstrapServers, subjects);
        try {
            var routes = routes(log, subjects);
            var door = Javalin.create(config -> {
                configure(config, port);
                routes.on(config.routes);
            });
            return new SchemaRegistryServer(log, door.start());
        } catch (JavalinBindException e) {
            log.close();
            throw new IllegalStateException(
                    "Port " + port + " on " + LOOPBACK + " is already in use: no schema registry can start there.", e);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** Where it answers, without a slash at the end. */
    public String url() {
        return "http://" + LOOPBACK + ":" + door.port();
    }

    @Override
    public void close() {
        door.stop();
        log.close();
    }

    private static Routes routes(Ledger ledger, Subjects subjects) {
        var texts = new SchemaTexts(subjects);
        var compatibility = new Compatibility(subjects, texts);
        return new Routes(
                new Catalogue(subjects, texts),
                new Registration(ledger, subjects, texts, compatibility),
                new Deletion(ledger, subjects),
                compatibility,
                new SettingsRoutes(new Settings(ledger, subjects)));
    }

    private static void configure(JavalinConfig config, int port) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.jetty.host = LOOPBACK;
        config.jetty.port = port;
        config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
        config.http.maxRequestSize = LARGEST_BODY;
        config.jsonMapper(new JavalinJackson(JacksonMapper.INSTANCE, false));
    }
}
