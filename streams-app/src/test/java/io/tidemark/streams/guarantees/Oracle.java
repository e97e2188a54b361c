package io.tidemark.streams.guarantees;

import io.tidemark.streams.MeteringSettings.TimeRule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must have become of every record: worked out from what was said, by the promises alone. */
final class Oracle {
    private final TimeRule time;
    private final boolean knowsRepeats;
    private final List<Told> counted = new ArrayList<>();
    private final Map<List<String>, List<Object>> firsts = new HashMap<>();
    private final Map<String, Long> fates = new TreeMap<>();
    private final Map<String, Long> hours = new TreeMap<>();
    private final Map<String, Refused> refused = new TreeMap<>();
    private final List<Read> waiting = new ArrayList<>();
    private Instant newest = Instant.EPOCH;

    /** A record with where it lies. */
    private record Read(Sent sent, long offset) {}

    /** What {@code rejected-events} must hold of a record. */
    record Refused(Sent sent, Set<String> reasons) {}

    /**
     * @param knowsRepeats false for an oracle that is wrong on purpose: it counts everything twice that comes twice
     */
    Oracle(TimeRule time, boolean knowsRepeats) {
        this.time = time;
        this.knowsRepeats = knowsRepeats;
    }

    void read(Sent sent, boolean registryAway) {
        String topic = topic(sent);
        long offset = fates.getOrDefault(topic + " read", 0L);
        newest = sent.at().isAfter(newest) ? sent.at() : newest;
        note(sent, "read", 1);
        var read = new Read(sent, offset);
        if (registryAway && sent.needsSchema()) {
            note(sent, "parked", 1);
            waiting.add(read);
        } else {
            settle(read);
        }
    }

    /** The registry is back: what waited is settled, requests before usage. */
    void release() {
        for (String topic : List.of("requests", "usage")) {
            for (Read read : waiting) {
                if (topic(read.sent).equals(topic)) {
                    note(read.sent, "parked", -1);
                    settle(read);
                }
            }
        }
        waiting.clear();
    }

    private void settle(Read read) {
        Sent sent = read.sent;
        Told told = sent.told();
        var reasons = new TreeSet<>(sent.faults());
        if (told != null) {
            Instant occurred = Instant.EPOCH.plus(told.occurredMicros, ChronoUnit.MICROS);
            if (occurred.isBefore(sent.at().minus(time.late()))) {
                reasons.add("too_old");
            } else if (occurred.isAfter(sent.at().plus(time.early()))) {
                reasons.add("in_the_future");
            }
        }
        if (told == null || !reasons.isEmpty()) {
            refuse(read, "rejected", reasons);
            return;
        }
        List<Object> first = knowsRepeats ? firsts.putIfAbsent(told.identity(), told.content()) : null;
        if (first == null) {
            counted.add(told);
            note(sent, "counted", 1);
        } else if (first.equals(told.content())) {
            note(sent, "duplicate", 1);
        } else {
            refuse(read, "conflict", Set.of("conflict"));
        }
    }

    private void refuse(Read read, String fate, Set<String> reasons) {
        String topic = topic(read.sent);
        note(read.sent, fate, 1);
        refused.put(topic + "@" + read.offset, new Refused(read.sent, reasons));
    }

    private void note(Sent sent, String fate, long more) {
        fates.merge(topic(sent) + " " + fate, more, Long::sum);
        hours.merge(sent.at().truncatedTo(ChronoUnit.HOURS) + " " + topic(sent) + " " + fate, more, Long::sum);
    }

    /** How many records came to what, by {@code hour topic fate}: those that are none left out. */
    Map<String, Long> hours() {
        var some = new TreeMap<>(hours);
        some.values().removeIf(count -> count == 0);
        return some;
    }

    private static String topic(Sent sent) {
        return sent.toUsage() ? "usage" : "requests";
    }

    List<Told> counted() {
        return counted;
    }

    /** How many records of {@code requests} or {@code usage} came to that. */
    long count(String topic, String fate) {
        return fates.getOrDefault(topic + " " + fate, 0L);
    }

    /** By {@code topic@offset}. */
    Map<String, Refused> refused() {
        return refused;
    }

    Instant newest() {
        return newest;
    }
}
