package io.tidemark.query.cli;

import static java.util.stream.Collectors.toSet;

import io.tidemark.query.settings.Given;
import io.tidemark.query.settings.SettingSources;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.MeteringSettings.IdForm;
import io.tidemark.streams.MeteringSettings.Ids;
import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.connecting.KafkaSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How an instance counts: {@link MeteringSettings}, as options. Each default stands twice, for the help and for the field:
 * a field whose option could not be read keeps its own, and must not be complained about a second time.
 */
final class MeteringOptions {
    /** What brokers let pass unless they are told otherwise: group.max.session.timeout.ms. */
    private static final Duration LONGEST_SESSION = Duration.ofMinutes(30);

    /** Less would be written out all the time. */
    private static final long LEAST_PAGE_CACHE = 1 << 20;

    private static final Pattern KAFKA_NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    @Option(names = "--kafka", paramLabel = "HOST:PORT,…", description = "Bootstrap servers. Needed.")
    private @Nullable String kafka;

    @Option(names = "--registry", paramLabel = "URL", description = "Schema registry. Needed.")
    private @Nullable String registry;

    @Option(
            names = "--application-id",
            paramLabel = "NAME",
            defaultValue = "tidemark",
            description = "One per deployment: names its consumer group and changelogs. Default: ${DEFAULT-VALUE}")
    private String applicationId = "tidemark";

    @Option(
            names = "--topic-prefix",
            paramLabel = "TEXT",
            defaultValue = "tidemark.",
            description = "Begins the name of every topic. Default: ${DEFAULT-VALUE}")
    private String topicPrefix = "tidemark.";

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "12",
            description = "Of each topic keyed by customer; final once the topics exist. Default: ${DEFAULT-VALUE}")
    private int partitions = 12;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            defaultValue = "3",
            description = "Of topics made here and of changelogs. Default: ${DEFAULT-VALUE}")
    private int replicationFactor = 3;

    @Option(
            names = "--create-topics",
            fallbackValue = "true",
            description = "Make topics that are missing, rather than refuse to start.")
    private boolean createTopics;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "tidemark-state",
            description = "Where totals lie between restarts. Default: ${DEFAULT-VALUE}")
    private Path stateDirectory = Path.of("tidemark-state");

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Partitions worked on at once. Default: the number of cores")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--standbys",
            paramLabel = "N",
            defaultValue = "1",
            description = "Other instances that keep a copy of each partition. Default: ${DEFAULT-VALUE}")
    private int standbys = 1;

    @Option(
            names = "--commit-interval",
            paramLabel = "DURATION",
            defaultValue = "200ms",
            description = "How often effects become visible and final. Default: ${DEFAULT-VALUE}")
    private Duration commitInterval = Duration.ofMillis(200);

    @Option(
            names = "--feed-interval",
            paramLabel = "DURATION",
            defaultValue = "1s",
            description = "How long changes of a customer's month are gathered for usage-feed; 0s turns the feed off."
                    + " Default: ${DEFAULT-VALUE}")
    private Duration feedInterval = Duration.ofSeconds(1);

    @Option(
            names = "--late",
            paramLabel = "DURATION",
            defaultValue = "35d",
            description = "How long after it occurred an event may arrive. Default: ${DEFAULT-VALUE}")
    private Duration late = TimeRule.DEFAULT.late();

    @Option(
            names = "--early",
            paramLabel = "DURATION",
            defaultValue = "5m",
            description = "How far a producer's clock may run ahead. Default: ${DEFAULT-VALUE}")
    private Duration early = TimeRule.DEFAULT.early();

    @Option(
            names = "--broker-skew",
            paramLabel = "DURATION",
            defaultValue = "10m",
            description = "How far the clocks of two brokers may differ. Default: ${DEFAULT-VALUE}")
    private Duration brokerSkew = TimeRule.DEFAULT.brokerSkew();

    @Option(
            names = "--keep-minutes",
            paramLabel = "DURATION",
            defaultValue = "38d",
            description = "How long totals are exact to the minute. Default: ${DEFAULT-VALUE}")
    private Duration keepMinutes = Retention.DEFAULT.hours();

    @Option(
            names = "--keep-quarter-hours",
            paramLabel = "DURATION",
            defaultValue = "400d",
            description = "How long they are exact to the quarter hour; to the day for ever. Default: ${DEFAULT-VALUE}")
    private Duration keepQuarterHours = Retention.DEFAULT.days();

    @Option(
            names = "--keep-requests",
            paramLabel = "DURATION",
            defaultValue = "7d",
            description = "How long single requests are kept in the request log after they occurred; 0s: there is none."
                    + " The same at all instances. Default: ${DEFAULT-VALUE}")
    private Duration keepRequests = Retention.DEFAULT.requests();

    @Option(
            names = "--admit-new-tenants",
            fallbackValue = "true",
            description = "Count events of tenants that nobody made and no key belongs to.")
    private boolean admitNewTenants;

    @Option(
            names = "--page-cache",
            paramLabel = "FORM",
            defaultValue = "decoded",
            description =
                    "How totals that events change are held until they are written: decoded by Tidemark, or as bytes in"
                            + " the stock cache of Kafka Streams. Default: ${DEFAULT-VALUE}")
    private PageCache.Form pageCache = PageCache.DEFAULT.form();

    @Option(
            names = "--page-cache-bytes",
            paramLabel = "BYTES",
            description =
                    "Of memory for decoded totals, in all; an eighth of the heap, and 64 MiB at least, unless it is said.")
    private long pageCacheBytes = PageCache.DEFAULT.bytes();

    @Option(
            names = "--session-timeout",
            paramLabel = "DURATION",
            defaultValue = "6s",
            description = "How long a dead instance holds its partitions. Default: ${DEFAULT-VALUE}")
    private Duration sessionTimeout = Duration.ofSeconds(6);

    @Option(
            names = "--ids",
            paramLabel = "FORM",
            defaultValue = "blocks",
            description =
                    "How ids of counted events are written: blocks, or records, one each, which is slower and asks"
                            + " nothing of Kafka Streams but its public interface. Default: ${DEFAULT-VALUE}")
    private IdForm ids = Ids.DEFAULT.form();

    @Option(
            names = "--ids-memory-bytes",
            paramLabel = "BYTES",
            defaultValue = "268435456",
            description = "What may be used to tell new ids from older ones without the disk, some 5.4 bytes each."
                    + " Default: ${DEFAULT-VALUE}")
    private long idsMemoryBytes = Ids.DEFAULT.memoryBytes();

    @Mixin
    private ClientOptions clients = new ClientOptions();

    private Optional<MeteringSettings> settings = Optional.empty();

    /** What is wrong with them, once they are looked at; {@link #settings} are there when nothing is. */
    List<String> faults(SettingSources sources) {
        var faults = new ArrayList<String>();
        check(faults);
        var connection = clients.connection(String.valueOf(kafka), String.valueOf(registry), sources, faults);
        try {
            var made = settings(connection);
            settings = Optional.of(made).filter(sound -> faults.isEmpty());
        } catch (IllegalArgumentException refused) {
            faults.add(String.valueOf(refused.getMessage()));
        }
        return faults;
    }

    /** Those that were found sound. */
    MeteringSettings settings() {
        return settings.orElseThrow();
    }

    /** What Kafka would not understand of it, as sentences: a plug-in may. */
    List<String> unknownToKafka(SettingSources sources) {
        var unknown = clients.kafka(sources).keySet().stream()
                .map(KafkaSetting::named)
                .filter(setting -> !setting.isKnown())
                .map(KafkaSetting::name)
                .collect(toSet());
        return SettingSources.unknownToKafka(unknown, KafkaSetting.known());
    }

    /** What is passed on, by the names it has in the settings file. */
    Map<String, Given> passedOn(SettingSources sources) {
        var passed = new TreeMap<String, Given>();
        clients.kafka(sources).forEach((name, given) -> passed.put("kafka." + name, given));
        clients.registry(sources).forEach((name, given) -> passed.put("registry." + name, given));
        return passed;
    }

    private void check(List<String> faults) {
        need("--kafka is missing", kafka != null && !kafka.isBlank(), faults);
        need("--registry is missing", registry != null && !registry.isBlank(), faults);
        need(
                "--application-id must be a name Kafka takes",
                KAFKA_NAME.matcher(applicationId).matches(),
                faults);
        need(
                "--topic-prefix must be a name Kafka takes",
                KAFKA_NAME.matcher(topicPrefix).matches(),
                faults);
        need("--partitions must be 1 or more", partitions >= 1, faults);
        need(
                "--replication-factor must be from 1 to 32767",
                replicationFactor >= 1 && replicationFactor <= 32_767,
                faults);
        need("--threads must be 1 or more", threads >= 1, faults);
        need("--standbys must be 0 or more", standbys >= 0, faults);
        need("--page-cache-bytes must be " + LEAST_PAGE_CACHE + " or more", pageCacheBytes >= LEAST_PAGE_CACHE, faults);
        need("--commit-interval must be longer than zero", !commitInterval.isZero(), faults);
        need("--ids-memory-bytes must be 0 or more", idsMemoryBytes >= 0, faults);
        need(
                "--session-timeout must be longer than zero and at most 30m",
                !sessionTimeout.isZero() && sessionTimeout.compareTo(LONGEST_SESSION) <= 0,
                faults);
    }

    private static void need(String fault, boolean holds, List<String> faults) {
        if (!holds) {
            faults.add(fault);
        }
    }

    private MeteringSettings settings(Connection connection) {
        return new MeteringSettings(
                connection,
                applicationId,
                topicPrefix,
                partitions,
                replicationFactor,
                createTopics,
                stateDirectory,
                threads,
                standbys,
                commitInterval,
                feedInterval,
                new TimeRule(late, early, brokerSkew),
                new Retention(keepMinutes, keepQuarterHours, keepRequests),
                Set.of(),
                admitNewTenants,
                sessionTimeout,
                new PageCache(pageCache, pageCacheBytes),
                new Ids(ids, idsMemoryBytes));
    }
}
