package io.tidemark.query.cli;

import io.tidemark.query.period.Durations;
import io.tidemark.query.period.Moment;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keys create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Makes a key, and its tenant where that is new. Prints the key alone, the rest on standard error:",
            "  KEY=$(tidemark keys create --tenant acme --scopes ingest,read)",
            "The key is shown this once and kept nowhere."
        })
final class CreateKeyCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--tenant", paramLabel = "NAME", description = "The tenant it stands for. Needed.")
    private @Nullable String tenant;

    @Option(
            names = "--scopes",
            paramLabel = "SCOPE",
            split = ",",
            description = "What it may be used for: ingest, read, write, admin; several with commas. Needed.")
    private List<String> scopes = new ArrayList<>();

    @Option(names = "--name", paramLabel = "TEXT", description = "What people call it.")
    private @Nullable String name;

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "After a time (90d), or at an instant (2036-10-01T00:00:00Z). Default: never")
    private @Nullable String expires;

    @Option(names = "--environment", paramLabel = "NAME", description = "A part of the key's text. Default: live")
    private @Nullable String environment;

    @Option(names = "--json", description = "Print the whole answer as JSON instead.")
    private boolean json;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    CreateKeyCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        if (tenant == null) {
            faults.add("--tenant is missing");
        }
        if (scopes.isEmpty()) {
            faults.add("--scopes is missing: ingest, read, write or admin, several with commas");
        }
        if (expires != null && expiresAt(expires).isEmpty()) {
            faults.add("--expires must be a duration such as 90d, or an instant such as 2036-10-01T00:00:00Z");
        }
        faults.addAll(remote.faults());
        return faults;
    }

    private Optional<Instant> expiresAt(String text) {
        return Durations.parse(text).map(clock.instant()::plus).or(() -> Moment.parse(text));
    }

    /** What the instance does not take it says itself: it may be of another release. */
    @Override
    public Integer call() {
        var body = new LinkedHashMap<String, Object>();
        body.put("tenant", tenant);
        body.put("scopes", scopes);
        body.put("name", name);
        body.put("environment", environment);
        body.put(
                "expires_at",
                Optional.ofNullable(expires).flatMap(this::expiresAt).orElse(null));
        KeyOutput.made(spec.commandLine(), remote.instance().post(KeyOutput.PATH, body), json);
        return ExitCode.OK;
    }
}
