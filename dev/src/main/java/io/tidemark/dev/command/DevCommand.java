package io.tidemark.dev.command;

import io.tidemark.dev.sample.Sample;
import io.tidemark.query.cli.CheckedCommand;
import io.tidemark.query.instance.Serving;
import io.tidemark.streams.access.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dev}: everything in one process, until it is told to stop. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts a broker, a schema registry and an instance in this process, on loopback, until Ctrl-C.",
            "Prints one line when questions are answered:",
            "  ready http=URL kafka=HOST:PORT registry=URL tenant=NAME key=KEY",
            "Everything lies in the data directory and is there again at the next start, the key too.",
            "With --sample, another line follows within a minute, when the history can be asked for:",
            "  sample seed=N customers=N events=N seconds=N"
        })
final class DevCommand implements Callable<Integer>, CheckedCommand {
    private static final int SHORTEST_KEY = 16;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = ".tidemark",
            description = "Where everything lies. Default: ${DEFAULT-VALUE}")
    private Path dataDirectory = Path.of(".tidemark");

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "0 takes any free one. Default: ${DEFAULT-VALUE}")
    private int httpPort = 8080;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "0 takes any free one. Default: ${DEFAULT-VALUE}")
    private int kafkaPort = 9092;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "0 takes any free one. Default: ${DEFAULT-VALUE}")
    private int registryPort = 8081;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            defaultValue = "demo",
            description = "The tenant the key belongs to; events of others are counted too. Default: ${DEFAULT-VALUE}")
    private String tenant = "demo";

    @Option(
            names = "--feed-interval",
            paramLabel = "DURATION",
            defaultValue = "1s",
            description = "How long changes of a customer's month are gathered for usage-feed; 0s turns the feed off."
                    + " Default: ${DEFAULT-VALUE}")
    private Duration feedInterval = Duration.ofSeconds(1);

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "The key that may ask, kept in dev.key. Default: the one kept there, made at the first start")
    private @Nullable String apiKey;

    @Option(
            names = "--sample",
            fallbackValue = "true",
            description = "Fill the tenant as if it resold language models: some forty customers with 30 days of"
                    + " history, then a few events a second. A restart goes on where it was.")
    private boolean sample;

    @Option(
            names = "--sample-seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed makes the same history of the same day. Default: ${DEFAULT-VALUE}")
    private long sampleSeed = 1;

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        port("--http-port", httpPort, faults);
        port("--kafka-port", kafkaPort, faults);
        port("--registry-port", registryPort, faults);
        if (!Tenant.isName(tenant)) {
            faults.add("--tenant must be of the form " + Tenant.FORM);
        }
        if (apiKey != null && apiKey.length() < SHORTEST_KEY) {
            faults.add("--api-key must have " + SHORTEST_KEY + " characters or more");
        }
        return faults;
    }

    private static void port(String option, int port, List<String> faults) {
        if (port < 0 || port > 65_535) {
            faults.add(option + " must be a number from 0 to 65535");
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        var settings = new DevSettings(dataDirectory, httpPort, kafkaPort, registryPort, tenant, feedInterval, apiKey);
        var clock = Clock.systemUTC();
        Optional<Sample> filling = sample ? Optional.of(Sample.in(dataDirectory, sampleSeed)) : Optional.empty();
        var stack = DevStack.start(settings, clock);
        AutoCloseable everything = () -> {
            filling.ifPresent(Sample::close);
            stack.close();
        };
        boolean clean = Serving.untilToldOrItCannot(stack.instance(), everything, Duration.ZERO, () -> {
            println(stack.readyLine());
            filling.ifPresent(one -> one.begin(
                    new Sample.Stack(
                            tenant,
                            stack.kafka(),
                            stack.registry(),
                            stack.instance().url(),
                            stack.key()),
                    clock,
                    this::println));
        });
        return clean ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private synchronized void println(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
