package io.tidemark.streams.recount;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.reading.UsagePages.Name;
import io.tidemark.streams.reading.UsagePages.Page;
import io.tidemark.streams.reading.UsagePages.Slot;
import io.tidemark.streams.recount.MixedEvents.Appended;
import io.tidemark.streams.recount.MixedEvents.Told;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;

/** Pages as anybody would keep them who has no hurry: events are counted in some order, the first of each identity alone. */
@NullMarked
final class KeptPages implements ServedPages {
    private final Map<PageLength, Map<Name, Map<Integer, List<BigInteger>>>> pages = new TreeMap<>();
    private final Set<String> identities = new HashSet<>();
    private Instant minutesFrom = Instant.MIN;

    static KeptPages of(List<Appended> records) {
        var pages = new KeptPages();
        records.forEach(pages::take);
        return pages;
    }

    /** Of that time minutes are kept no longer. */
    KeptPages withMinutesFrom(Instant from) {
        minutesFrom = from;
        return this;
    }

    void take(Appended record) {
        if (record.good() && identities.add(record.told().identity())) {
            count(record.told());
        }
    }

    /** Counts an event, whatever was counted before. */
    void count(Told told) {
        for (PageLength length : PageLength.values()) {
            change(length, told, told.amounts());
        }
    }

    /** Adds to the slot of an event in the pages of one length. */
    void change(PageLength length, Told told, List<BigInteger> amounts) {
        Instant from = begin(length, told.occurred());
        int number = (int) (Duration.between(from, told.occurred()).toMinutes() / length.slotMinutes());
        pages.computeIfAbsent(length, any -> new TreeMap<>(order()))
                .computeIfAbsent(
                        new Name(from, told.customer(), told.kind(), told.meter(), told.currency()),
                        any -> new TreeMap<>())
                .merge(number, amounts, KeptPages::sum);
    }

    private static Comparator<Name> order() {
        return Comparator.comparing(Name::from)
                .thenComparing(Name::externalId)
                .thenComparing(Name::kind)
                .thenComparing(Name::meter)
                .thenComparing(Name::currency);
    }

    static Instant begin(PageLength length, Instant at) {
        ZonedDateTime time = at.atZone(ZoneOffset.UTC);
        return switch (length) {
            case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
            case DAY -> at.truncatedTo(ChronoUnit.DAYS);
            case MONTH ->
                time.toLocalDate()
                        .withDayOfMonth(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
        };
    }

    static Instant slot(PageLength length, Instant at) {
        long minutes = Duration.between(Instant.EPOCH, at).toMinutes();
        return Instant.ofEpochSecond(minutes / length.slotMinutes() * length.slotMinutes() * 60);
    }

    private static List<BigInteger> sum(List<BigInteger> one, List<BigInteger> other) {
        var sum = new ArrayList<BigInteger>();
        for (int i = 0; i < one.size(); i++) {
            sum.add(one.get(i).add(other.get(i)));
        }
        return sum;
    }

    /** All of a customer lies under another name from now on. */
    void rename(String customer, String as) {
        pages.values().forEach(all -> {
            for (Name name : List.copyOf(all.keySet())) {
                if (name.externalId().equals(customer)) {
                    Map<Integer, List<BigInteger>> slots = all.remove(name);
                    all.put(new Name(name.from(), as, name.kind(), name.meter(), name.currency()), slots);
                }
            }
        });
    }

    static List<BigInteger> amounts(EventKind kind, long count) {
        var amounts = new ArrayList<BigInteger>();
        amounts.add(BigInteger.valueOf(count));
        int size = kind == EventKind.REQUEST ? 7 : 4;
        for (int i = 1; i < size; i++) {
            amounts.add(BigInteger.ZERO);
        }
        return amounts;
    }

    @Override
    public Instant each(
            PageLength length,
            Instant from,
            Instant to,
            Optional<String> customer,
            String position,
            Consumer<Page> page) {
        Instant kept = length == PageLength.HOUR ? minutesFrom : Instant.MIN;
        pages.getOrDefault(length, Map.of()).forEach((name, slots) -> {
            boolean asked = customer.map(name.externalId()::equals).orElse(true)
                    && !name.from().isBefore(begin(length, kept.isAfter(from) ? kept : from))
                    && name.from().isBefore(to);
            if (asked) {
                page.accept(new Page(
                        name,
                        slots.entrySet().stream()
                                .map(slot -> new Slot(slot.getKey(), slot.getValue(), OptionalInt.empty()))
                                .toList()));
            }
        });
        return kept.isAfter(from) ? kept : from;
    }
}
