package io.tidemark.streams.recount;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.NamedAmount;
import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.reading.UsagePages.Page;
import io.tidemark.streams.reading.UsagePages.Slot;
import io.tidemark.streams.recount.Dispute.Claim;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Compares all served pages of one length with what was counted again, and finds what is served and was not, and was and is not served. */
final class Comparing {
    private final PageLength length;
    private final List<Comparing> shorter;
    private final Predicate<String> customers;
    private final Map<SeriesOwner, SlotSums> expected = new HashMap<>();
    private final Map<SlotName, List<Claim>> claims = new HashMap<>();
    private final Map<SlotName, List<BigInteger>> servedToSettle = new HashMap<>();
    private final SortedMap<SlotName, Wrong> wrong = new TreeMap<>();
    private long from;
    private final long to;
    private long pages;

    /**
     * @param customers whose pages are compared; others are passed over
     * @param shorter those of the shorter pages, which are told of what longer ones alone have
     */
    Comparing(
            PageLength length,
            Recounted recounted,
            RecountQuestion question,
            Predicate<String> customers,
            List<Comparing> shorter) {
        this.length = length;
        this.shorter = shorter;
        this.customers = customers;
        from = question.fromMinute();
        to = question.toMinute();
        recounted.each((owner, sums) -> {
            if (customers.test(owner.customer())) {
                expected.put(owner, sums.in(length.slotMinutes(), from, to).lookAnew());
            }
        });
        for (Claim claim : recounted.disputes().claims()) {
            if (customers.test(claim.owner().customer())) {
                note(claim);
            }
        }
    }

    private void note(Claim claim) {
        int slot = Math.floorDiv(claim.minute(), length.slotMinutes()) * length.slotMinutes();
        if (isWhole(slot)) {
            claims.computeIfAbsent(new SlotName(claim.owner(), length, slot), any -> new ArrayList<>())
                    .add(claim);
        }
    }

    private boolean isWhole(long slot) {
        return slot >= from && slot + length.slotMinutes() <= to;
    }

    void page(Page page) {
        if (!customers.test(page.name().externalId())) {
            return;
        }
        pages++;
        SeriesOwner owner = SeriesOwner.of(page.name());
        long begin = RecountQuestion.minute(page.name().from());
        for (Slot slot : page.slots()) {
            long at = begin + (long) slot.number() * length.slotMinutes();
            List<BigInteger> amounts = all(owner.kind(), slot.amounts());
            slot(owner, at, amounts);
            slot.onlyMinute()
                    .ifPresent(minute -> shorter.forEach(one -> one.slot(owner, one.slotOf(at + minute), amounts)));
        }
    }

    /** When the slot begins that a minute is in. */
    private long slotOf(long minute) {
        return Math.floorDiv(minute, (long) length.slotMinutes()) * length.slotMinutes();
    }

    /** What is served of a slot, in its own page or in a longer one. By whichever thread. */
    private synchronized void slot(SeriesOwner owner, long at, List<BigInteger> served) {
        if (isWhole(at)) {
            SlotSums sums = expected.computeIfAbsent(
                    owner, any -> new SlotSums(NamedAmount.of(owner.kind()).size()));
            compare(owner, sums, (int) at, served);
        }
    }

    /** As many as the kind has: those that are missing at the end are zero. */
    private static List<BigInteger> all(EventKind kind, List<BigInteger> amounts) {
        int size = NamedAmount.of(kind).size();
        if (amounts.size() == size) {
            return amounts;
        }
        var all = new ArrayList<>(amounts);
        all.addAll(Collections.nCopies(size - amounts.size(), BigInteger.ZERO));
        return all;
    }

    private void compare(SeriesOwner owner, SlotSums sums, int minute, List<BigInteger> served) {
        sums.see(minute);
        var slot = new SlotName(owner, length, minute);
        if (claims.containsKey(slot)) {
            servedToSettle.put(slot, served);
        } else if (!sums.is(minute, served)) {
            wrong.put(slot, new Wrong(sums.of(minute), served));
        }
    }

    /**
     * What differs, once all pages were given, and the shorter ones were compared.
     *
     * @param keptFrom from which minute on pages of that length are kept
     */
    SortedMap<SlotName, Wrong> end(long keptFrom) {
        from = Math.max(from, keptFrom);
        wrong.keySet().removeIf(slot -> !isWhole(slot.minute()));
        expected.forEach((owner, sums) -> sums.unseen().forEach(minute -> {
            var slot = new SlotName(owner, length, minute);
            if (isWhole(minute) && !claims.containsKey(slot)) {
                List<BigInteger> recounted = sums.of(minute);
                wrong.put(slot, new Wrong(recounted, zeros(recounted.size())));
            }
        }));
        new TreeMap<>(claims).forEach((slot, some) -> {
            if (isWhole(slot.minute())) {
                settle(slot, some);
            }
        });
        claims.values().stream()
                .flatMap(List::stream)
                .map(Claim::dispute)
                .distinct()
                .forEach(this::mustHaveOne);
        return wrong;
    }

    private static List<BigInteger> zeros(int size) {
        return Collections.nCopies(size, BigInteger.ZERO);
    }

    /** What a finer page has decided is as certain as all else. */
    private void settle(SlotName slot, List<Claim> all) {
        List<BigInteger> sums = sums(slot, all);
        List<BigInteger> served = servedToSettle.getOrDefault(slot, zeros(sums.size()));
        var open = new ArrayList<Claim>();
        for (Claim claim : all) {
            if (!claim.isDecided()) {
                open.add(claim);
            } else if (claim.isCounted()) {
                sums = Settling.plus(sums, claim.reading());
            }
        }
        if (Settling.settle(open, sums, served).isEmpty()) {
            for (Claim claim : open) {
                boolean likeliest = claim.equals(claim.dispute().likeliest())
                        && !claim.dispute().hasCounted();
                claim.decide(likeliest);
                sums = likeliest ? Settling.plus(sums, claim.reading()) : sums;
            }
            wrong.put(slot, new Wrong(sums, served));
        }
    }

    private List<BigInteger> sums(SlotName slot, List<Claim> some) {
        SlotSums sums = expected.get(slot.owner());
        return sums == null ? zeros(some.get(0).reading().size()) : sums.of(slot.minute());
    }

    /** Each slot by itself can be right, and yet none of the events counted. */
    private void mustHaveOne(Dispute dispute) {
        Claim likeliest = dispute.likeliest();
        if (likeliest == null || dispute.mayBeNone() || !dispute.isDecided() || dispute.hasCounted()) {
            return;
        }
        likeliest.decide(true);
        int minute = Math.floorDiv(likeliest.minute(), length.slotMinutes()) * length.slotMinutes();
        var slot = new SlotName(likeliest.owner(), length, minute);
        Wrong before = wrong.get(slot);
        List<BigInteger> served =
                servedToSettle.getOrDefault(slot, zeros(likeliest.reading().size()));
        wrong.put(
                slot,
                new Wrong(
                        Settling.plus(before == null ? served : before.recounted(), likeliest.reading()),
                        before == null ? served : before.served()));
    }

    PageLength length() {
        return length;
    }

    long pages() {
        return pages;
    }
}
