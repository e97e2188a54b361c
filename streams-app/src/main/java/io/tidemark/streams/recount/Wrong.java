package io.tidemark.streams.recount;

import io.tidemark.streams.event.NamedAmount;
import io.tidemark.streams.recount.RecountOutcome.Difference;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A slot that is not served as it was counted again. */
record Wrong(List<BigInteger> recounted, List<BigInteger> served) {
    private static final int SCALE = 9;

    /** Its numbers that differ. */
    List<Difference> differences(SlotName slot) {
        SeriesOwner owner = slot.owner();
        List<NamedAmount> names = NamedAmount.of(owner.kind());
        var differences = new ArrayList<Difference>();
        for (int i = 0; i < names.size(); i++) {
            if (!recounted.get(i).equals(served.get(i))) {
                differences.add(new Difference(
                        owner.customer(),
                        RecountQuestion.instant(slot.minute()),
                        slot.page(),
                        owner.kind(),
                        owner.meter(),
                        owner.currency(),
                        names.get(i).name(),
                        value(names.get(i), recounted.get(i)),
                        value(names.get(i), served.get(i))));
            }
        }
        return differences;
    }

    private static BigDecimal value(NamedAmount name, BigInteger amount) {
        return name.decimal() ? new BigDecimal(amount, SCALE) : new BigDecimal(amount);
    }

    /** By how much more was counted again. */
    List<BigInteger> lacking() {
        var lacking = new ArrayList<BigInteger>();
        for (int i = 0; i < recounted.size(); i++) {
            lacking.add(recounted.get(i).subtract(served.get(i)));
        }
        return lacking;
    }
}
