package io.tidemark.dev.chaos;

import static java.util.Objects.requireNonNull;

import io.tidemark.query.http.Limits;
import io.tidemark.query.instance.Instance;
import io.tidemark.query.instance.InstanceSettings;
import io.tidemark.query.instance.Serving;
import io.tidemark.query.keys.KeyEntry;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.MeteringSettings.IdForm;
import io.tidemark.streams.MeteringSettings.Ids;
import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.connecting.Connection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A control: an instance that processes at least once. The command line refuses that, so it is started around it, with as much
 * of {@code serve}'s options as the harness gives. With stock pages and ids, as those
 * are written at once and totals with the next commit: after a kill, events that were on their way are taken for repeats. As shipped
 * both are written with the commit, and there is a moment only in which it would show.
 */
final class AtLeastOnceMain {
    private static final Map<String, String> BROKEN = Map.of("processing.guarantee", "at_least_once");
    /** Longer than shipped, as in Kafka's own tests: so that there is something between two commits whenever it is killed. */
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(2);

    private AtLeastOnceMain() {}

    public static void main(String... arguments) throws InterruptedException {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i++) {
            given.put(arguments[i], arguments[i + 1]);
        }
        int port = Integer.parseInt(of(given, "--http-port"));
        String key = requireNonNull(System.getenv(KeyEntry.BOOTSTRAP_VARIABLE));
        var keys = List.of(KeyEntry.bootstrap(key, new ArrayList<>()).orElseThrow());
        var settings = new InstanceSettings(metering(given), "127.0.0.1", port, Limits.DEFAULT, keys);
        var instance = Instance.start(settings, Clock.systemUTC());
        Serving.untilToldOrItCannot(instance, instance, Duration.ZERO, () -> System.out.println("ready"));
    }

    private static MeteringSettings metering(Map<String, String> given) {
        return new MeteringSettings(
                new Connection(of(given, "--kafka"), of(given, "--registry"), BROKEN, Map.of()),
                "tidemark",
                "tidemark.",
                Cluster.PARTITIONS,
                1,
                true,
                Path.of(of(given, "--state-dir")),
                2,
                1,
                COMMIT_INTERVAL,
                Duration.ofSeconds(1),
                TimeRule.DEFAULT,
                Retention.DEFAULT,
                Set.of(),
                false,
                Duration.ofSeconds(6),
                new PageCache(PageCache.Form.STOCK, PageCache.DEFAULT.bytes()),
                new Ids(IdForm.RECORDS, Ids.DEFAULT.memoryBytes()));
    }

    private static String of(Map<String, String> given, String name) {
        return requireNonNull(given.get(name), name);
    }
}
