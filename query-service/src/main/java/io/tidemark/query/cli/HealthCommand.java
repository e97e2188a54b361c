package io.tidemark.query.cli;

import io.tidemark.query.settings.Given;
import io.tidemark.query.settings.SettingSources;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code health}: for supervisors that run a command, as Docker does. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Asks an instance whether it is ready, and prints what it says. Exit code 0 when it is, 1 when it is not.",
            "Those that can ask over HTTP ask GET /health/ready themselves."
        })
final class HealthCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int OK = 200;
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The instance. Default: the one of this machine, at the port of http-port")
    private @Nullable String url;

    private List<URI> instance = List.of();

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        SettingSources sources = TidemarkCommand.sources(spec);
        String port = sources.find("http-port").map(Given::value).orElse("8080");
        String host = sources.find("host")
                .map(Given::value)
                .filter(address -> !EVERYWHERE.contains(address))
                .orElse("127.0.0.1");
        try {
            instance = List.of(URI.create((url == null ? "http://" + host + ":" + port : url) + "/health/ready"));
            HttpRequest.newBuilder(instance.get(0));
        } catch (IllegalArgumentException malformed) {
            faults.add("--url must be of the form http://HOST:PORT");
        }
        return faults;
    }

    @Override
    public Integer call() throws InterruptedException {
        var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        var request = HttpRequest.newBuilder(instance.get(0)).timeout(PATIENCE).build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            spec.commandLine().getOut().println(response.body());
            return response.statusCode() == OK ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException away) {
            spec.commandLine().getErr().println("error: " + request.uri() + " does not answer: " + away);
            return ExitCode.SOFTWARE;
        }
    }
}
