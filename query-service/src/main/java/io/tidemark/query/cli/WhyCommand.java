package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.remote.CallFailed;
import io.tidemark.query.remote.RemoteInstance;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code why}: what became of an event. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Says what became of an event, how that is known, and what can be done.",
            "Without --at of the event, whichever record of it was counted; with it of that very record.",
            "Needs a key of the customer's tenant with the scope read."
        },
        footer = {
            "",
            "Example: tidemark why req-1 --customer customer_123 --at requests/3/17",
            "",
            "Exit codes: 0 it is counted, here or out of another record; 1 it is not, or nobody knows; 2 it could not be",
            "found out."
        })
final class WhyCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    private static final int NOT_COUNTED = 1;
    private static final int NOT_FOUND_OUT = 2;
    private static final int UNKNOWN = 404;
    private static final Set<String> COUNTED = Set.of("counted", "duplicate");
    private static final Pattern PLACE = Pattern.compile("(requests|usage)/([0-9]{1,6})/([0-9]{1,18})");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "EVENT_ID", arity = "0..1", description = "The event's own id. Needed.")
    private @Nullable String id;

    @Option(names = "--customer", paramLabel = "C", description = "Whose it is: our UUID or an external id. Needed.")
    private @Nullable String customer;

    @Option(names = "--source", paramLabel = "S", description = "The event's source, if it has one.")
    private @Nullable String source;

    @Option(
            names = "--at",
            paramLabel = "PLACE",
            description = "TOPIC/PARTITION/OFFSET, such as requests/3/17: which record is meant.")
    private @Nullable String at;

    @Option(names = "--json", description = "Print what the instance answers.")
    private boolean json;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        if (id == null) {
            faults.add("EVENT_ID is missing");
        }
        if (customer == null) {
            faults.add("--customer is missing");
        }
        if (at != null && !PLACE.matcher(at).matches()) {
            faults.add("--at must be of the form requests/PARTITION/OFFSET or usage/PARTITION/OFFSET");
        }
        faults.addAll(remote.faults());
        return faults;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            JsonNode answer = remote.instance().get(path());
            if (json) {
                out.println(answer.toPrettyString());
            } else {
                FateInWords.of(answer).forEach(out::println);
            }
            return COUNTED.contains(answer.path("fate").asText()) ? ExitCode.OK : NOT_COUNTED;
        } catch (CallFailed failed) {
            String.valueOf(failed.getMessage())
                    .lines()
                    .forEach(line -> spec.commandLine().getErr().println("error: " + line));
            return failed.status() == UNKNOWN ? NOT_COUNTED : NOT_FOUND_OUT;
        } finally {
            out.flush();
            spec.commandLine().getErr().flush();
        }
    }

    private String path() {
        var path = new StringBuilder("/api/v1/events/")
                .append(RemoteInstance.encoded(String.valueOf(id)))
                .append("?customer_id=")
                .append(RemoteInstance.encoded(String.valueOf(customer)));
        if (source != null) {
            path.append("&source=").append(RemoteInstance.encoded(source));
        }
        if (at != null) {
            Matcher place = PLACE.matcher(at);
            if (place.matches()) {
                path.append("&topic=").append(place.group(1));
                path.append("&partition=").append(place.group(2));
                path.append("&offset=").append(place.group(3));
            }
        }
        return path.toString();
    }
}
