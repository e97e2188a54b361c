package io.tidemark.streams.recount;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Takes out of what differs what is only under another name: a customer that was erased has its usage under a pseudonym, while the log has the
 * events under the external id of before. Nothing leads from the one to the other, and nothing here says it: the sums must be the same, slot by slot.
 */
final class Erased {
    private final SortedMap<SlotName, Wrong> wrong;
    private final SortedSet<String> found = new TreeSet<>();

    private Erased(SortedMap<SlotName, Wrong> wrong) {
        this.wrong = wrong;
    }

    /**
     * Takes out what is explained.
     *
     * @param isPseudonym whether an external id is what an erased customer has
     * @return the pseudonyms under which all is as it must be
     */
    static SortedSet<String> explain(SortedMap<SlotName, Wrong> wrong, Predicate<String> isPseudonym) {
        var erased = new Erased(wrong);
        var customers = new TreeMap<String, List<SlotName>>();
        wrong.keySet()
                .forEach(slot -> customers
                        .computeIfAbsent(slot.owner().customer(), any -> new ArrayList<>())
                        .add(slot));
        List<String> pseudonyms =
                customers.keySet().stream().filter(isPseudonym).toList();
        if (!pseudonyms.isEmpty()) {
            var others = new TreeMap<>(customers);
            pseudonyms.forEach(others::remove);
            others.forEach((customer, slots) -> erased.match(customer, slots, pseudonyms, customers));
        }
        return erased.found;
    }

    /** A customer of whom nothing is lacking but what lies under pseudonyms: several, where it was erased several times. */
    private void match(
            String customer, List<SlotName> slots, List<String> pseudonyms, Map<String, List<SlotName>> customers) {
        Map<SlotName, List<BigInteger>> lacking = new HashMap<>();
        slots.forEach(slot -> lacking.put(slot, wrongAt(slot).lacking()));
        var under = new ArrayList<String>();
        for (String pseudonym : pseudonyms) {
            List<SlotName> its = customers.getOrDefault(pseudonym, List.of());
            if (!found.contains(pseudonym) && isIn(its, customer, lacking)) {
                its.forEach(slot -> take(lacking, as(slot, customer), wrongAt(slot)));
                under.add(pseudonym);
            }
        }
        if (lacking.isEmpty()) {
            wrong.keySet().removeAll(slots);
            under.forEach(pseudonym -> wrong.keySet().removeAll(customers.getOrDefault(pseudonym, List.of())));
            found.addAll(under);
        }
    }

    private Wrong wrongAt(SlotName slot) {
        return java.util.Objects.requireNonNull(wrong.get(slot));
    }

    private static SlotName as(SlotName slot, String customer) {
        return new SlotName(slot.owner().as(customer), slot.page(), slot.minute());
    }

    /** Whether all that is served under the pseudonym is lacking of the customer: at least as many events in each slot. */
    private boolean isIn(List<SlotName> its, String customer, Map<SlotName, List<BigInteger>> lacking) {
        return its.stream().allMatch(slot -> {
            List<BigInteger> lacks = lacking.get(as(slot, customer));
            BigInteger more = wrongAt(slot).lacking().get(0);
            return lacks != null && more.signum() < 0 && lacks.get(0).add(more).signum() >= 0;
        });
    }

    private static void take(Map<SlotName, List<BigInteger>> lacking, SlotName slot, Wrong more) {
        lacking.computeIfPresent(slot, (any, lacks) -> {
            var left = new ArrayList<BigInteger>();
            boolean none = true;
            for (int i = 0; i < lacks.size(); i++) {
                left.add(lacks.get(i).add(more.lacking().get(i)));
                none &= left.get(i).signum() == 0;
            }
            return none ? null : left;
        });
    }
}
