package io.tidemark.query.cli;

import io.tidemark.query.http.Json;
import io.tidemark.query.sending.Completion;
import io.tidemark.query.sending.EventField;
import io.tidemark.query.sending.EventFields;
import io.tidemark.query.sending.EventJson;
import io.tidemark.query.sending.Target;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.publishing.EventPublisher;
import io.tidemark.streams.publishing.EventPublisher.Published;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code send request} and {@code send usage}: one event from flags, or many from a file. */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Sends events and prints, for each, one line of JSON: id, topic, partition, offset, position.",
            "The position may be given to a query as after=, which then contains the event."
        })
final class SendEventsCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    private final EventKind kind;
    private final Surroundings surroundings;
    private final List<Map<String, Object>> events = new ArrayList<>();
    private Optional<Target> target = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TargetOptions where = new TargetOptions();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "One JSON object, an array, or NDJSON instead of flags; - is standard input.")
    private @Nullable String file;

    private SendEventsCommand(EventKind kind, Surroundings surroundings) {
        this.kind = kind;
        this.surroundings = surroundings;
    }

    /** The fields of the kind become flags. */
    static CommandSpec of(EventKind kind, Surroundings surroundings) {
        var spec = CommandSpec.forAnnotatedObject(new SendEventsCommand(kind, surroundings));
        spec.name(kind.label());
        EventFields.of(kind).forEach(field -> spec.addOption(EventFlags.option(field)));
        return spec;
    }

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        target = where.find(TidemarkCommand.sources(spec), faults);
        Map<String, Object> flags = EventFlags.values(spec, EventFields.of(kind), faults);
        if (file != null && !flags.isEmpty()) {
            faults.add("--file cannot be combined with flags of an event");
        } else if (file != null) {
            readFile(file, faults);
        } else {
            events.add(flags);
            missing(flags).forEach(field -> faults.add("--" + field.flag() + " is missing"));
        }
        return faults;
    }

    private void readFile(String name, List<String> faults) {
        try (InputStream in = name.equals("-") ? surroundings.in() : Files.newInputStream(Path.of(name))) {
            events.addAll(new EventJson(EventFields.of(kind), faults).read(in));
        } catch (IOException unreadable) {
            faults.add(name + " cannot be read: " + unreadable);
        }
        for (int i = 0; i < events.size(); i++) {
            for (EventField field : missing(events.get(i))) {
                faults.add("event " + (i + 1) + ": " + field.name() + " is missing");
            }
        }
    }

    private List<EventField> missing(Map<String, Object> event) {
        return Completion.missing(EventFields.of(kind), event);
    }

    @Override
    public Integer call() {
        Target to = target.orElseThrow();
        var completion = new Completion(to.tenant(), surroundings.clock(), new SecureRandom());
        try (EventPublisher publisher = surroundings.publishers().connect(where.connection(), where.topicPrefix())) {
            for (Map<String, Object> event : events) {
                Map<String, Object> complete = completion.complete(event);
                print(complete, publisher.publish(kind, complete));
            }
        }
        return ExitCode.OK;
    }

    private void print(Map<String, Object> event, Published published) {
        var line = new LinkedHashMap<String, Object>();
        line.put("id", event.getOrDefault("id", ""));
        line.put("topic", published.topic());
        line.put("partition", published.partition());
        line.put("offset", published.offset());
        line.put("position", published.position());
        PrintWriter out = spec.commandLine().getOut();
        out.println(Json.write(line));
        out.flush();
    }
}
