package io.tidemark.streams.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.pages.Horizon.Span;
import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.PartReader;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsagePages;
import io.tidemark.streams.reading.UsagePages.Name;
import io.tidemark.streams.reading.UsagePages.Question;
import io.tidemark.streams.reading.UsagePages.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/** Tells pages as they lie there: all of a tenant in one scan, those of a customer with a look-up for each period that anybody has a page of. */
public final class StoredPages implements PartReader<Question, UsagePages> {
    /** Bounds what one answer is: of numbers as large as can be it is some megabytes. */
    private static final int MOST_SLOTS = 20_000;

    private final HotReads reads;
    private final int partitions;

    /** @param partitions how many there are */
    public StoredPages(HotReads reads, int partitions) {
        this.reads = reads;
        this.partitions = partitions;
    }

    @Override
    public PartKind<Question, UsagePages> kind() {
        return UsagePages.KIND;
    }

    /** Those that lie in the period as a whole or in part, but none that may be purged already. */
    @Override
    public UsagePages read(Question question, int partition) {
        var horizon = Horizon.decode(reads.get(partition, Horizon.KEY));
        Granularity granularity = granularity(question.length());
        Span asked = Minutes.of(question.period());
        long kept = horizon.keptFrom(granularity);
        var span = new Span(Math.max(asked.from(), kept), Math.max(asked.to(), Math.max(asked.from(), kept)));
        var gathered = new Gathered(question, granularity);
        if (span.from() < span.to()) {
            scan(question, granularity, span, partition, gathered);
        }
        return new UsagePages(Minutes.period(span), gathered.pages, gathered.more, partitions);
    }

    private static Granularity granularity(PageLength length) {
        return switch (length) {
            case HOUR -> Granularity.HOUR;
            case DAY -> Granularity.DAY;
            case MONTH -> Granularity.MONTH;
        };
    }

    private void scan(Question question, Granularity granularity, Span span, int partition, Gathered gathered) {
        // Keys hold no time before 1970.
        int first = Math.max(0, granularity.period(span.from()));
        int last = Math.max(0, granularity.period(span.to() - 1));
        Name behind = question.behind().orElse(null);
        if (question.customer().isEmpty()) {
            Bytes from = behind == null
                    ? PageKey.prefix(question.tenant(), granularity, first).toKey()
                    : after(question, granularity, behind);
            reads.scanWhile(partition, from, end(question, granularity, last), gathered::take);
            return;
        }
        String customer = question.customer().get();
        int period = behind == null ? first : granularity.period(Minutes.of(behind.from()));
        Bytes from =
                behind == null ? begin(question, granularity, period, customer) : after(question, granularity, behind);
        while (period >= 0 && period <= last && !gathered.more) {
            reads.scanWhile(partition, from, behindOf(question, granularity, period, customer), gathered::take);
            period = next(question, granularity, period, last, partition);
            from = begin(question, granularity, Math.max(0, period), customer);
        }
    }

    private static Bytes begin(Question question, Granularity granularity, int period, String customer) {
        return PageKey.prefix(question.tenant(), granularity, period)
                .terminated(customer)
                .toKey();
    }

    /** A key behind all pages of a customer: kinds are far below 0x7f. */
    private static Bytes behindOf(Question question, Granularity granularity, int period, String customer) {
        return PageKey.prefix(question.tenant(), granularity, period)
                .terminated(customer)
                .raw((byte) 0x7f)
                .toKey();
    }

    private static Bytes end(Question question, Granularity granularity, int last) {
        return PageKey.prefix(question.tenant(), granularity, last + 1).toKey();
    }

    /** The first key that can follow a page's. */
    private static Bytes after(Question question, Granularity granularity, Name behind) {
        byte[] key = key(question, granularity, behind).get();
        return Bytes.wrap(Arrays.copyOf(key, key.length + 1));
    }

    /** The next period that the tenant has any page of; -1 when there is none. */
    private int next(Question question, Granularity granularity, int period, int last, int partition) {
        int tenantBytes = question.tenant().getBytes(UTF_8).length;
        int[] found = {-1};
        Bytes from = PageKey.prefix(question.tenant(), granularity, period + 1).toKey();
        reads.scanWhile(partition, from, end(question, granularity, last), (key, value) -> {
            found[0] = PageKey.periodOf(key, tenantBytes);
            return false;
        });
        return found[0];
    }

    /** The pages of an answer, until it has enough. */
    private static final class Gathered {
        private final Question question;
        private final Granularity granularity;
        private final int tenantBytes;
        private final List<UsagePages.Page> pages = new ArrayList<>();
        private int slots;
        private boolean more;

        Gathered(Question question, Granularity granularity) {
            this.question = question;
            this.granularity = granularity;
            tenantBytes = question.tenant().getBytes(UTF_8).length;
        }

        /** Whether another is wanted. */
        boolean take(byte[] key, byte[] stored) {
            if (pages.size() >= question.limit() || slots >= MOST_SLOTS) {
                more = true;
                return false;
            }
            PageKey.Tail tail = PageKey.tailOf(key, tenantBytes);
            Series series = tail.series();
            Instant from = Minutes.instant(granularity.start(PageKey.periodOf(key, tenantBytes)));
            List<Slot> its = slots(stored, series);
            slots += its.size();
            pages.add(new UsagePages.Page(
                    new Name(from, tail.customer(), series.kind(), series.meter(), series.currency()), its));
            return true;
        }

        private List<Slot> slots(byte[] stored, Series series) {
            var its = new ArrayList<Slot>();
            Page page = new Page(granularity, Amounts.of(series.kind()).size(), stored);
            for (int slot = 0; slot < granularity.slots(); slot++) {
                if (page.isPresent(slot)) {
                    its.add(new Slot(slot, page.amounts(slot), page.onlyMinute(slot)));
                }
            }
            return its;
        }
    }

    /** In the order of their keys, as a single partition tells them; up to where each of the parts tells all it has. */
    @Override
    public UsagePages merge(Question question, List<UsagePages> parts) {
        var pages = new TreeMap<Bytes, UsagePages.Page>();
        Bytes end = null;
        Period latest = parts.get(0).period();
        for (UsagePages part : parts) {
            part.pages().forEach(page -> pages.put(key(question, page), page));
            latest = part.period().from().isAfter(latest.from()) ? part.period() : latest;
            if (part.more() && !part.pages().isEmpty()) {
                Bytes last = key(question, part.pages().get(part.pages().size() - 1));
                end = end == null || last.compareTo(end) < 0 ? last : end;
            }
        }
        List<UsagePages.Page> all = List.copyOf((end == null ? pages : pages.headMap(end, true)).values());
        List<UsagePages.Page> some = all.subList(0, Math.min(all.size(), question.limit()));
        return new UsagePages(latest, some, end != null || some.size() < all.size(), partitions);
    }

    private static Bytes key(Question question, UsagePages.Page page) {
        return key(question, granularity(question.length()), page.name());
    }

    private static Bytes key(Question question, Granularity granularity, Name name) {
        int period = granularity.period(Minutes.of(name.from()));
        var series = new Series(name.kind(), name.meter(), "", name.currency());
        return new PageKey(question.tenant(), granularity, period, name.externalId(), series).toBytes();
    }
}
