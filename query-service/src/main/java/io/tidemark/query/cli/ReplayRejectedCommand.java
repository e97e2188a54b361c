package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rejected replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Sends rejected events that are still open once more, as they were or changed. Without --yes nothing is sent: it prints",
            "what would come of each. An event stays the event it is: what its producer sends again too counts once.",
            "  tidemark rejected replay --reason invalid_meter --map 'meter:storage gb=storage_gb'"
        },
        footer = {"", "Exit codes: 0 all are counted, or would be; 1 some are not; 2 the call was wrong."})
final class ReplayRejectedCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    /** Each takes a read of Kafka. */
    private static final int AT_ONCE = 200;

    private static final Set<String> GOOD = Set.of("acceptable", "counted", "duplicate");
    private static final List<String> COLUMNS =
            List.of("id", "external_customer_id", "event_id", "reasons", "outcome", "detail");

    private final List<Map<String, Object>> mapping = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RejectedOptions which = new RejectedOptions();

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description = "Say this in a field, whatever it says. May be repeated.")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--map",
            paramLabel = "FIELD:OLD=NEW",
            description = "Say this where it says that. May be repeated; after --set.")
    private List<String> maps = new ArrayList<>();

    @Option(names = "--yes", description = "Send them.")
    private boolean yes;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        sets.forEach(text -> Mappings.set(text, faults).ifPresent(mapping::add));
        maps.forEach(text -> Mappings.map(text, faults).ifPresent(mapping::add));
        faults.addAll(remote.faults());
        return faults;
    }

    @Override
    public Integer call() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("dry_run", !yes);
        ArrayNode data = all.putArray("data");
        boolean complete = true;
        @Nullable String cursor = null;
        do {
            JsonNode page = page(cursor);
            page.path("data").forEach(data::add);
            complete &= page.path("complete").asBoolean();
            cursor = page.path("meta").path("next_cursor").textValue();
        } while (cursor != null);
        Map<String, Integer> outcomes = new TreeMap<>();
        data.forEach(row -> outcomes.merge(row.path("outcome").asText(), 1, Integer::sum));
        all.put("complete", complete);
        ObjectNode sums = all.putObject("outcomes");
        outcomes.forEach(sums::put);
        Table.print(spec.commandLine(), json ? all : flat(all), COLUMNS, json);
        KeyOutput.note(spec.commandLine(), summary(outcomes, complete));
        return complete && GOOD.containsAll(outcomes.keySet()) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private JsonNode page(@Nullable String cursor) {
        Map<String, Object> body = which.filters();
        body.put("mapping", mapping);
        body.put("dry_run", !yes);
        body.put("limit", AT_ONCE);
        if (cursor != null) {
            body.put("cursor", cursor);
        }
        return remote.instance().post(RejectedOptions.PATH + "/replay", body);
    }

    /** Why it is not good, beside the rest. */
    private static ObjectNode flat(ObjectNode all) {
        all.path("data").forEach(row -> {
            if (row instanceof ObjectNode one && one.has("faults")) {
                var details = new ArrayList<String>();
                one.path("faults")
                        .forEach(fault -> details.add(fault.path("detail").asText()));
                one.put("detail", String.join("; ", details));
            }
        });
        return all;
    }

    private String summary(Map<String, Integer> outcomes, boolean complete) {
        String what = outcomes.isEmpty()
                ? "nothing is open"
                : outcomes.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining(" "));
        return what
                + (complete ? "" : "; not all partitions could be asked")
                + (yes || outcomes.isEmpty() ? "" : "; nothing was sent: --yes");
    }
}
