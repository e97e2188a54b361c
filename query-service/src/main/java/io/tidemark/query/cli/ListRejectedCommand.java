package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rejected list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Lists rejected events, the newest first.")
final class ListRejectedCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    private static final int MOST_OF_A_PAGE = 1_000;
    private static final List<String> COLUMNS =
            List.of("id", "arrived_at", "reasons", "external_customer_id", "event_id", "kind", "state", "detail");
    private static final List<String> OF_COUNTS = List.of("day", "reason", "count");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RejectedOptions which = new RejectedOptions();

    @Option(names = "--state", paramLabel = "STATE", description = "open, resolved or all. Default: all")
    private @Nullable String state;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many. Default: ${DEFAULT-VALUE}",
            defaultValue = "100")
    private int limit = 100;

    @Option(
            names = "--counts",
            description = "How many there were by day and reason instead; takes no other filter than time.")
    private boolean counts;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        if (limit < 1) {
            faults.add("--limit must be 1 or more");
        }
        faults.addAll(remote.faults());
        return faults;
    }

    @Override
    public Integer call() {
        if (counts) {
            String path = RejectedOptions.PATH + "/counts" + RejectedOptions.query(which.filters());
            Table.print(spec.commandLine(), remote.instance().get(path), OF_COUNTS, json);
            return ExitCode.OK;
        }
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        var data = found.putArray("data");
        @Nullable String cursor = null;
        do {
            JsonNode page = page(limit - data.size(), cursor);
            page.path("data").forEach(data::add);
            cursor = page.path("meta").path("next_cursor").textValue();
            found.set("meta", page.path("meta"));
        } while (cursor != null && data.size() < limit);
        Table.print(spec.commandLine(), json ? found : flat(found), COLUMNS, json);
        if (cursor != null && !json) {
            KeyOutput.note(spec.commandLine(), "there may be more: --limit");
        }
        return ExitCode.OK;
    }

    private JsonNode page(int most, @Nullable String cursor) {
        Map<String, Object> parameters = which.filters();
        if (state != null) {
            parameters.put("state", state);
        }
        if (cursor != null) {
            parameters.put("cursor", cursor);
        }
        parameters.put("limit", Math.min(most, MOST_OF_A_PAGE));
        return remote.instance().get(RejectedOptions.PATH + RejectedOptions.query(parameters));
    }

    /** What lies deeper, beside the rest. */
    private static ObjectNode flat(ObjectNode found) {
        found.path("data").forEach(row -> {
            if (row instanceof ObjectNode one) {
                one.set("state", one.path("resolved").path("state"));
                one.set("detail", one.path("faults").path(0).path("detail"));
            }
        });
        return found;
    }
}
