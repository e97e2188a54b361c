package io.tidemark.streams.pages;

import io.tidemark.streams.hot.Entries;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of some periods of a tenant, side by side: one series of a customer after the other, in the order of their keys, each with its page of each period. */
final class Abreast {
    private final Entries[] periods;
    private final byte[] @Nullable [] heads;
    private final boolean[] isOfThis;
    private final int tailFrom;
    private int least = -1;

    /** @param tailFrom where what stands behind the period begins in a page key of the tenant */
    Abreast(List<Entries> periods, int tailFrom) {
        this.periods = periods.toArray(Entries[]::new);
        this.tailFrom = tailFrom;
        heads = new byte[this.periods.length] @Nullable [];
        isOfThis = new boolean[this.periods.length];
        Arrays.fill(isOfThis, true);
    }

    /** Steps to the next series, first to the first; says whether there is one. */
    boolean next() {
        for (int i = 0; i < periods.length; i++) {
            if (isOfThis[i]) {
                heads[i] = periods[i].next() ? periods[i].key() : null;
                isOfThis[i] = false;
            }
        }
        least = -1;
        byte[] first = null;
        for (int i = 0; i < heads.length; i++) {
            byte[] head = heads[i];
            if (head != null) {
                int order = first == null
                        ? -1
                        : Arrays.compareUnsigned(head, tailFrom, head.length, first, tailFrom, first.length);
                if (order < 0) {
                    Arrays.fill(isOfThis, 0, i, false);
                    first = head;
                    least = i;
                }
                isOfThis[i] = order <= 0;
            }
        }
        return first != null;
    }

    /** A key of one of its pages. */
    byte[] key() {
        return periods[least].key();
    }

    /** Its page of a period; null where it has none. */
    byte @Nullable [] page(int period) {
        return isOfThis[period] ? periods[period].value() : null;
    }
}
