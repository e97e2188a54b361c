package io.tidemark.query.usage;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.tidemark.streams.event.NamedAmount;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsagePages;
import io.tidemark.streams.reading.UsagePages.Name;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pages as they are sent. */
record PagesBody(
        List<Page> data,
        String tenant,
        String granularity,
        int slotMinutes,
        Period period,
        Meta meta,
        Instant asOf,
        boolean complete,
        List<Integer> missingPartitions,
        String position) {
    record Page(
            Instant from,
            String externalId,
            String kind,
            String meter,
            @Nullable String currency,

            @JsonSerialize(using = SlotsWriter.class) Slots slots) {

        static Page of(UsagePages.Page page) {
            Name name = page.name();
            return new Page(
                    name.from(),
                    name.externalId(),
                    name.kind().label(),
                    name.meter(),
                    name.currency().isEmpty() ? null : name.currency(),
                    new Slots(NamedAmount.of(name.kind()), page.slots()));
        }
    }

    /** The slots of a page, and what their amounts are called. */
    record Slots(List<NamedAmount> names, List<UsagePages.Slot> slots) {}

    record Meta(@Nullable String nextCursor) {}

    static PagesBody of(
            String tenant,
            PagesAsked asked,
            Period period,
            List<UsagePages.Page> pages,
            Optional<PageCursor> next,
            Freshness freshness) {
        return new PagesBody(
                pages.stream().map(Page::of).toList(),
                tenant,
                asked.length().label(),
                asked.length().slotMinutes(),
                period,
                new Meta(next.map(PageCursor::encoded).orElse(null)),
                freshness.asOf(),
                freshness.complete(),
                freshness.missingPartitions(),
                freshness.position());
    }
}
