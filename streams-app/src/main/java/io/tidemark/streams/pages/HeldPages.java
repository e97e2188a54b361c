package io.tidemark.streams.pages;

import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pages that are held, in two generations: what is used is of the young one, and what was not used since it was young is
 * let go when that grows old. So no order of use is kept, and what is used often stays.
 *
 * <p>A page is found through its owner, so an owner is never older than its pages.
 */
final class HeldPages {
    private static final int NEVER = -1;

    private Slots<PageOwner> owners = new Slots<>();
    private Slots<PageOwner> oldOwners = new Slots<>();
    private Slots<HeldPage> pages = new Slots<>();
    private Slots<HeldPage> oldPages = new Slots<>();
    private long youngBytes;
    private int generation;

    /** The owner of an event's pages: the one that pages are held of, or a new one. */
    PageOwner ownerOf(Event event) {
        int hash = PageOwner.hash(event.tenant(), event.customer(), event.kind(), event.meter(), event.currency());
        PageOwner owner =
                find(owners, hash, event.tenant(), event.customer(), event.kind(), event.meter(), event.currency());
        if (owner == null) {
            owner = find(
                    oldOwners, hash, event.tenant(), event.customer(), event.kind(), event.meter(), event.currency());
            owner = owner == null ? new PageOwner(event) : owner;
            owners.add(owner);
            youngBytes += owner.heapBytes();
        }
        return owner;
    }

    /** A page that is held, and is young now. */
    @Nullable
    HeldPage find(PageOwner owner, Granularity granularity, int period) {
        HeldPage last = owner.last(granularity);
        if (last != null && last.is(owner, granularity, period) && last.isHeldSince(generation)) {
            return last;
        }
        HeldPage page = find(pages, owner, granularity, period);
        if (page == null) {
            page = find(oldPages, owner, granularity, period);
            if (page != null) {
                add(page);
            }
        } else {
            owner.used(page);
        }
        return page;
    }

    /** A page that is held; nothing is younger for it. */
    @Nullable
    HeldPage look(PageKey key) {
        var series = key.series();
        int hash = PageOwner.hash(key.tenant(), key.customer(), series.kind(), series.meter(), series.currency());
        PageOwner owner =
                find(owners, hash, key.tenant(), key.customer(), series.kind(), series.meter(), series.currency());
        if (owner == null) {
            owner = find(
                    oldOwners, hash, key.tenant(), key.customer(), series.kind(), series.meter(), series.currency());
        }
        if (owner == null || !series.group().isEmpty()) {
            return null;
        }
        HeldPage page = find(pages, owner, key.granularity(), key.period());
        return page == null ? find(oldPages, owner, key.granularity(), key.period()) : page;
    }

    private static @Nullable PageOwner find(
            Slots<PageOwner> in,
            int hash,
            String tenant,
            String customer,
            EventKind kind,
            String meter,
            String currency) {
        int place = in.find(hash);
        PageOwner owner = in.at(place);
        while (owner != null && !owner.is(tenant, customer, kind, meter, currency)) {
            place = in.next(hash, place);
            owner = in.at(place);
        }
        return owner;
    }

    private static @Nullable HeldPage find(Slots<HeldPage> in, PageOwner owner, Granularity granularity, int period) {
        int hash = HeldPage.hash(owner, granularity, period);
        int place = in.find(hash);
        HeldPage page = in.at(place);
        while (page != null && !page.is(owner, granularity, period)) {
            place = in.next(hash, place);
            page = in.at(place);
        }
        return page;
    }

    /** @param page that is not held, or of the old generation */
    void add(HeldPage page) {
        pages.add(page);
        youngBytes += page.heapBytes();
        page.heldSince(generation);
        page.owner().used(page);
    }

    /** A young page takes that many bytes more than it did. */
    void grew(int bytes) {
        youngBytes += bytes;
    }

    /** What the young generation takes of the heap, roughly; the old one takes no more than that when it was young. */
    long youngBytes() {
        return youngBytes;
    }

    /** What is young grows old; what was old is let go. */
    void age() {
        Slots<PageOwner> emptyOwners = oldOwners;
        Slots<HeldPage> emptyPages = oldPages;
        oldOwners = owners;
        oldPages = pages;
        // As many will come again: their tables need not grow once more.
        emptyOwners.clear();
        emptyPages.clear();
        owners = emptyOwners;
        pages = emptyPages;
        youngBytes = 0;
        generation++;
    }

    /** Lets go of those pages; their owners go with age. */
    void letGo(Predicate<HeldPage> named) {
        pages = without(pages, named);
        oldPages = without(oldPages, named);
    }

    private static Slots<HeldPage> without(Slots<HeldPage> pages, Predicate<HeldPage> named) {
        var left = new Slots<HeldPage>();
        pages.forEach(page -> {
            if (named.test(page)) {
                page.heldSince(NEVER);
            } else {
                left.add(page);
            }
        });
        return left;
    }
}
