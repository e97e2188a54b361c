package io.tidemark.query.cli;

import io.tidemark.query.period.Durations;
import io.tidemark.query.remote.CallFailed;
import io.tidemark.query.settings.SettingSources;
import io.tidemark.streams.StartRefused;
import io.tidemark.streams.publishing.InvalidEvent;
import io.tidemark.streams.publishing.PublishFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
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
            "  tidemark customers import customers.csv",
            "  tidemark export --period 2026-10 --timezone Europe/Berlin --output october.csv",
            "  tidemark why req-1 --customer customer_123",
            "  tidemark rejected replay --reason invalid_meter --map 'meter:storage gb=storage_gb'",
            "  tidemark load --events 100000 --oracle totals.ndjson && tidemark verify --oracle totals.ndjson",
            "  curl -H \"X-Api-Key: $KEY\" localhost:8080/api/v1/customers/customer_123/usage?period=30d",
            "",
            "Environment:",
            "  Every option of serve, and those of the others that say where to, may be given as a variable:",
            "  --http-port as TIDEMARK_HTTP_PORT, --kafka as TIDEMARK_KAFKA, and so on, or as a line http-port=8080 of a",
            "  settings file (--config). Options win, then variables. A value in a file of its own, such as a secret:",
            "  TIDEMARK_API_KEY_FILE=/run/secrets/key as a variable, api-key=${secret:/run/secrets/key} in the settings file.",
            "  TIDEMARK_BOOTSTRAP_KEY  the first key of serve, which makes the others; has no option",
            "  TIDEMARK_KAFKA_…, TIDEMARK_REGISTRY_…  passed on to the clients: TIDEMARK_KAFKA_SECURITY_PROTOCOL=SASL_SSL;",
            "                        kafka.security.protocol=SASL_SSL in the settings file",
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

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Settings, as lines such as http-port=8080; see: tidemark config --template")
    private @Nullable Path config;

    private final Surroundings surroundings;
    private @Nullable SettingSources sources;
    private Optional<Path> sourcesFile = Optional.empty();

    private TidemarkCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What environment and settings file say, for a command; read once its own options are. */
    static SettingSources sources(CommandSpec command) {
        return ((TidemarkCommand) command.root().userObject()).sources();
    }

    /** A flag may be looked up before the file is known that the rest of the command line names. */
    private SettingSources sources() {
        Optional<Path> file = Optional.ofNullable(config)
                .or(() -> Optional.ofNullable(surroundings.environment().get("TIDEMARK_CONFIG"))
                        .filter(name -> !name.isEmpty())
                        .map(Path::of));
        if (sources == null || !file.equals(sourcesFile)) {
            sourcesFile = file;
            sources = new SettingSources(surroundings.environment(), file, SettingDefaults.names(spec));
        }
        return sources;
    }

    /** The whole command line, ready to be executed. */
    public static CommandLine in(Surroundings surroundings) {
        var line = new CommandLine(new TidemarkCommand(surroundings))
                .addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(new ConfigCommand())
                .addSubcommand(TopicsCommand.make())
                .addSubcommand(new DoctorCommand(surroundings))
                .addSubcommand(new HealthCommand())
                .addSubcommand(SendCommand.in(surroundings))
                .addSubcommand(KeysCommand.in(surroundings))
                .addSubcommand(TenantsCommand.make())
                .addSubcommand(CustomersCommand.make())
                .addSubcommand(RejectedCommand.make())
                .addSubcommand(new ExportCommand())
                .addSubcommand(new LoadCommand(surroundings))
                .addSubcommand(new VerifyCommand())
                .addSubcommand(new RecountCommand(surroundings))
                .addSubcommand(new WhyCommand());
        ServiceLoader.load(CommandProvider.class).forEach(provider -> line.addSubcommand(provider.command()));
        collectErrors(line);
        line.setUsageHelpWidth(HELP_WIDTH);
        return withConverters(line)
                .setDefaultValueProvider(new SettingDefaults())
                .setExecutionStrategy(new CheckThenRun())
                .setExecutionExceptionHandler(TidemarkCommand::failed);
    }

    /** Parsers of commands do not inherit it. */
    private static void collectErrors(CommandLine line) {
        line.getCommandSpec().parser().collectErrors(true);
        line.getSubcommands().values().forEach(TidemarkCommand::collectErrors);
    }

    static CommandLine withConverters(CommandLine line) {
        return line.registerConverter(Duration.class, TidemarkCommand::duration)
                .setCaseInsensitiveEnumValuesAllowed(true);
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
