package io.tidemark.dev.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A log without Kafka: every record goes through its JSON before it is applied, as in the real one. */
final class LedgerInMemory implements Ledger {
    private final Subjects subjects;
    private final List<String[]> records = new ArrayList<>();

    LedgerInMemory(Subjects subjects) {
        this.subjects = subjects;
    }

    @Override
    public <T> T write(Supplier<Change<T>> decision) {
        var change = decision.get();
        for (var entry : change.entries()) {
            var record = new String[] {
                entry.key().toString(), entry.value().map(Object::toString).orElse("null")
            };
            records.add(record);
            apply(record, subjects);
        }
        return change.answer();
    }

    /** What a restart would know; with compaction, only the last record of each key is left to tell. */
    Subjects replayed(boolean compacted) {
        var again = new Subjects();
        for (int i = 0; i < records.size(); i++) {
            var record = records.get(i);
            var isLast = records.subList(i + 1, records.size()).stream().noneMatch(it -> it[0].equals(record[0]));
            // Compaction forgets tombstones as well, in time.
            if (!compacted || (isLast && !record[1].equals("null"))) {
                apply(record, again);
            }
        }
        return again;
    }

    List<String> lines() {
        return records.stream().map(it -> it[0] + " " + it[1]).toList();
    }

    private static void apply(String[] record, Subjects subjects) {
        var value = record[1].equals("null") ? null : record[1];
        EntryReader.read(record[0], value).orElseThrow().applyTo(subjects);
    }
}
