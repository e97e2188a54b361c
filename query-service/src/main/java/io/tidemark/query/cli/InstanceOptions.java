package io.tidemark.query.cli;

import io.tidemark.query.http.AddressRange;
import io.tidemark.query.http.Front;
import io.tidemark.query.http.Limits;
import io.tidemark.query.instance.InstanceSettings;
import io.tidemark.query.keys.KeyEntry;
import io.tidemark.query.peers.PeerSettings;
import io.tidemark.query.settings.Given;
import io.tidemark.query.settings.SettingSources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All that an instance needs to know: {@link InstanceSettings}, as options. */
final class InstanceOptions {
    private static final long MOST_EVENTS_PER_SECOND = 10_000_000;
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(10);

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where to listen; 0.0.0.0 is everywhere. Default: ${DEFAULT-VALUE}")
    private String host = "127.0.0.1";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "0 takes any free one. Default: ${DEFAULT-VALUE}")
    private int port = 8080;

    @Option(
            names = "--http-trusted-proxies",
            paramLabel = "CIDR,…",
            split = ",",
            description = "Proxies whose word is taken for who called and by which scheme: 10.0.0.0/8,fd00::1."
                    + " Default: nobody's")
    private List<String> trustedProxies = new ArrayList<>();

    @Option(
            names = "--http-access-log",
            fallbackValue = "true",
            description = "Log a line for each request. Paths name customers: mind who reads it.")
    private boolean accessLog;

    @Option(
            names = "--http-in-flight-bytes",
            paramLabel = "BYTES",
            defaultValue = "67108864",
            description = "Of request bodies held at once; what goes beyond is answered 429. Default: ${DEFAULT-VALUE}")
    private long inFlightBytes = Limits.BODY_BYTES_IN_ALL;

    @Option(
            names = "--key-events-per-second",
            paramLabel = "N",
            defaultValue = "50000",
            description = "What one API key may send to this instance over HTTP; two seconds' worth at once."
                    + " Default: ${DEFAULT-VALUE}")
    private long eventsPerSecond = InstanceSettings.EVENTS_PER_SECOND;

    @Option(
            names = "--drain",
            paramLabel = "DURATION",
            defaultValue = "5s",
            description =
                    "How long to go on answering once told to stop, not ready any more, so that load balancers see it."
                            + " Default: ${DEFAULT-VALUE}")
    private Duration drain = Duration.ofSeconds(5);

    @Mixin
    private PeerOptions peers = new PeerOptions();

    @Mixin
    private MeteringOptions metering = new MeteringOptions();

    /** Empty exactly when there is a fault in these options. */
    Optional<InstanceSettings> settings(SettingSources sources, List<String> faults) {
        int before = faults.size();
        List<KeyEntry> keys = bootstrapKey(sources, faults);
        if (port < 0 || port > 65_535) {
            faults.add("--http-port must be a number from 0 to 65535");
        }
        if (inFlightBytes < Limits.BATCH_BYTES) {
            faults.add("--http-in-flight-bytes must be " + Limits.BATCH_BYTES + " or more: the largest body");
        }
        if (eventsPerSecond < 1 || eventsPerSecond > MOST_EVENTS_PER_SECOND) {
            faults.add("--key-events-per-second must be a number from 1 to " + MOST_EVENTS_PER_SECOND);
        }
        if (drain.isNegative() || drain.compareTo(LONGEST_DRAIN) > 0) {
            faults.add("--drain must be from 0s to 10m");
        }
        Optional<PeerSettings> others = peers.settings(host, sources, faults);
        var front = new Front(proxies(faults), accessLog);
        faults.addAll(metering.faults(sources));
        return faults.size() > before
                ? Optional.empty()
                : Optional.of(new InstanceSettings(
                        metering.settings(),
                        host,
                        port,
                        Limits.DEFAULT.withBodyBytesInAll(inFlightBytes),
                        front,
                        eventsPerSecond,
                        others,
                        keys));
    }

    Duration drain() {
        return drain;
    }

    private List<AddressRange> proxies(List<String> faults) {
        var ranges = new ArrayList<AddressRange>();
        trustedProxies.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .forEach(text -> AddressRange.parse(text)
                        .ifPresentOrElse(
                                ranges::add,
                                () -> faults.add("--http-trusted-proxies: '" + text
                                        + "' is neither an address nor a range such as 10.0.0.0/8")));
        return ranges;
    }

    private static List<KeyEntry> bootstrapKey(SettingSources sources, List<String> faults) {
        return sources
                .find(SettingDefaults.BOOTSTRAP_KEY)
                .flatMap(key -> KeyEntry.bootstrap(key.value(), faults))
                .stream()
                .toList();
    }

    /** What Kafka would not understand of it, as sentences. */
    List<String> unknownToKafka(SettingSources sources) {
        return metering.unknownToKafka(sources);
    }

    /** What is passed on, by the names it has in the settings file. */
    Map<String, Given> passedOn(SettingSources sources) {
        return metering.passedOn(sources);
    }
}
