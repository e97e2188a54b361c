package io.tidemark.query.cli;

import io.tidemark.query.period.Durations;
import io.tidemark.query.remote.CallFailed;
import io.tidemark.streams.StartRefused;
import io.tidemark.streams.publishing.InvalidEvent;
import io.tidemark.streams.publishing.PublishFailed;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code tidemark}: the commands of this module and those that others provide. */
@Command(
        name = "tidemark",
        mixinStandardHelpOptions = true,
        version = "tidemark 0.1.0",
        description = {
            "Usage metering on Kafka: send events, ask what each customer used.",
            "",
            "Events go to Kafka topics; an instance (serve) counts each once and answers over HTTP,",
            "for any period, exactly, and says how fresh the answer is."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidemark serve --kafka kafka:9092 --registry http://registry:8081",
            "  tidemark keys create --tenant acme --scopes ingest,read",
            "  tidemark send request --customer customer_123 --model gpt-x --credits 1.25 --cost 0.0042",
            "  tidemark send usage --customer customer_123 --meter storage_gb --quantity 12.5",
            "  tidemark send request --file events.ndjson",
            "  tidemark load --events 100000 --oracle totals.ndjson && tidemark verify --oracle totals.ndjson",
            "  curl -H \"X-Api-Key: $KEY\" localhost:8080/api/v1/customers/customer_123/usage?period=30d",
            "",
            "Environment:",
            "  Every option of serve, and those of the others that say where to, may be given as a variable:",
            "  --http-port as TIDEMARK_HTTP_PORT, --kafka as TIDEMARK_KAFKA, and so on. Options win.",
            "  TIDEMARK_BOOTSTRAP_KEY  the first key of serve, which makes the others; has no option",
            "  TIDEMARK_LOG_LEVEL    DEBUG, INFO (default), WARN, ERROR; the log goes to standard error",
            "",
            "Exit codes:",
            "  0  done",
            "  1  failed; standard error says why",
            "  2  the call was wrong; standard error lists every fault"
        })
public final class TidemarkCommand implements Runnable {
    private static final int HELP_WIDTH = 110;
    private static final List<Class<? extends Exception>> PLAIN =
            List.of(StartRefused.class, PublishFailed.class, InvalidEvent.class, CallFailed.class);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private TidemarkCommand() {}

    /** The whole command line, ready to be executed. */
    public static CommandLine in(Surroundings surroundings) {
        var line = new CommandLine(new TidemarkCommand())
                .addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(SendCommand.in(surroundings))
                .addSubcommand(KeysCommand.in(surroundings))
                .addSubcommand(TenantsCommand.make())
                .addSubcommand(new LoadCommand(surroundings))
                .addSubcommand(new VerifyCommand());
        ServiceLoader.load(CommandProvider.class).forEach(provider -> line.addSubcommand(provider.command()));
        collectErrors(line);
        line.setUsageHelpWidth(HELP_WIDTH);
        return line.setDefaultValueProvider(new EnvironmentDefaults(surroundings.environment()))
                .registerConverter(Duration.class, TidemarkCommand::duration)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(new CheckThenRun())
                .setExecutionExceptionHandler(TidemarkCommand::failed);
    }

    /** Parsers of commands do not inherit it. */
    private static void collectErrors(CommandLine line) {
        line.getCommandSpec().parser().collectErrors(true);
        line.getSubcommands().values().forEach(TidemarkCommand::collectErrors);
    }

    private static Duration duration(String text) {
        return Durations.parse(text)
                .orElseThrow(
                        () -> new TypeConversionException("'" + text + "' is no duration such as 35d, 12h or 200ms"));
    }

    /** What a user can act on is said plainly; a bug keeps its stack trace. */
    private static int failed(Exception failure, CommandLine line, ParseResult parsed) {
        if (PLAIN.stream().anyMatch(plain -> plain.isInstance(failure))) {
            String.valueOf(failure.getMessage())
                    .lines()
                    .forEach(fault -> line.getErr().println("error: " + fault));
        } else {
            failure.printStackTrace(line.getErr());
        }
        line.getErr().flush();
        return ExitCode.SOFTWARE;
    }

    /** Without a command there is nothing to do but to teach. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
