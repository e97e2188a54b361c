package io.tidemark.streams.requestlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Some requests, the newest first: all of those asked for up to a place, one more than the limit at most.
 *
 * @param reached the place up to which these are all; empty where no others follow
 */
public record LogPage(List<LoggedRequest> rows, Optional<Place> reached, LogReach log) {
    /** Of one page, in characters: instances tell each other no more than 8 MiB at once. */
    private static final int LONGEST = 1 << 20;

    public LogPage {
        rows = List.copyOf(rows);
    }

    /** Those that a page of so many shows. */
    public List<LoggedRequest> shown(int limit) {
        return rows.subList(0, Math.min(limit, rows.size()));
    }

    /** Where a page of so many ends; empty where it is the last one. */
    public Optional<Place> end(int limit) {
        return rows.size() > limit ? Optional.of(rows.get(limit - 1).place()) : reached;
    }

    /** What several partitions say together: up to where the first of them does not know what follows. */
    static LogPage of(List<LogPage> parts, int limit) {
        Optional<Place> reached =
                parts.stream().flatMap(part -> part.reached.stream()).min(Place::compareTo);
        Stream<LoggedRequest> rows = parts.stream()
                .flatMap(part -> part.rows.stream())
                .filter(row -> reached.map(end -> !row.place().isBehind(end)).orElse(true))
                .sorted((one, other) -> one.place().compareTo(other.place()));
        return cut(
                rows.toList(),
                reached,
                LogReach.ofAll(parts.stream().map(LogPage::log).toList()),
                limit);
    }

    private static LogPage cut(List<LoggedRequest> rows, Optional<Place> reached, LogReach log, int limit) {
        var kept = new ArrayList<LoggedRequest>();
        int size = 0;
        for (LoggedRequest row : rows) {
            if (kept.size() > limit || size > LONGEST) {
                return new LogPage(kept, Optional.of(kept.get(kept.size() - 1).place()), log);
            }
            kept.add(row);
            size += row.size();
        }
        return new LogPage(kept, reached, log);
    }
}
