package io.tidemark.streams.recount;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.fixtures.Events;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsagePages;
import io.tidemark.streams.reading.UsagePages.Name;
import io.tidemark.streams.reading.UsagePages.Page;
import io.tidemark.streams.reading.UsagePages.Slot;
import io.tidemark.streams.recount.MixedEvents.Appended;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;

/**
 * The pages of the whole topology, on one partition, after a seed's events; as lines of text, because they may be made by other classes of the same names
 * ({@link Planted}).
 */
@NullMarked
public final class MachinePages {
    static final int EVENTS = 2_000;
    /** So few that the cursor is needed. */
    private static final int AT_ONCE = 50;

    private MachinePages() {}

    /** Counts a seed's events, and says what is kept. */
    public static List<String> lines(Path directory, long seed) {
        var events = new MixedEvents(seed, 1, EVENTS);
        try (var machine = new Machine(directory, MixedEvents.BEGIN)) {
            // The ids of the schemas as they were there.
            machine.wire.frame(Events.request("first", "c", MixedEvents.BEGIN).build());
            machine.wire.frame(
                    Events.usage("first", "c", MixedEvents.BEGIN, "1").build());
            for (Appended one : events.all()) {
                boolean toUsage = one.told().kind() == EventKind.USAGE;
                machine.append(
                        toUsage,
                        one.key(),
                        one.value(),
                        Instant.ofEpochMilli(one.origin().appendedAt()));
            }
            var lines = new ArrayList<String>();
            for (PageLength length : PageLength.values()) {
                each(machine, length, page -> lines.add(line(length, page)));
            }
            return lines;
        }
    }

    private static void each(Machine machine, PageLength length, Consumer<Page> page) {
        var period = new Period(MixedEvents.ALL.from(), MixedEvents.ALL.to());
        Optional<Name> behind = Optional.empty();
        boolean more = true;
        while (more) {
            UsagePages some = machine.pages(
                    new UsagePages.Question(Events.TENANT, length, period, Optional.empty(), behind, AT_ONCE));
            some.pages().forEach(page);
            more = some.more();
            behind =
                    more ? Optional.of(some.pages().get(some.pages().size() - 1).name()) : Optional.empty();
        }
    }

    private static String line(PageLength length, Page page) {
        var line = new StringBuilder(String.join(
                "\t",
                length.name(),
                page.name().from().toString(),
                page.name().externalId(),
                page.name().kind().name(),
                page.name().meter(),
                page.name().currency()));
        for (Slot slot : page.slots()) {
            line.append('\t').append(slot.number());
            slot.onlyMinute().ifPresent(minute -> line.append('@').append(minute));
            slot.amounts().forEach(amount -> line.append(' ').append(amount));
        }
        return line.toString();
    }

    /** The same pages, to be compared. */
    static ServedPages served(List<String> lines) {
        return (length, from, to, customer, position, page) -> {
            lines.stream()
                    .map(line -> line.split("\t", -1))
                    .filter(fields -> fields[0].equals(length.name()))
                    .map(MachinePages::page)
                    .filter(one -> customer.map(one.name().externalId()::equals).orElse(true))
                    .forEach(page);
            return from;
        };
    }

    private static Page page(String[] fields) {
        var name = new Name(Instant.parse(fields[1]), fields[2], EventKind.valueOf(fields[3]), fields[4], fields[5]);
        List<Slot> slots = Arrays.stream(fields).skip(6).map(MachinePages::slot).toList();
        return new Page(name, slots);
    }

    private static Slot slot(String text) {
        String[] numbers = text.split(" ", -1);
        String[] slot = numbers[0].split("@", -1);
        return new Slot(
                Integer.parseInt(slot[0]),
                Arrays.stream(numbers).skip(1).map(BigInteger::new).toList(),
                slot.length == 1 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(slot[1])));
    }
}
