package io.tidemark.benchmarks.contestants;

/** A set of UUIDs in one array: open addressing, half full at most. */
public final class WideIds {
    private static final int FIRST_PLACES = 1 << 16;

    private long[] places = new long[2 * FIRST_PLACES];
    private int size;

    /** Whether it was not there; two zeros are no id. */
    public boolean add(long high, long low) {
        if (size * 4 >= places.length) {
            widen();
        }
        int at = place(high, low);
        if (places[at] != 0 || places[at + 1] != 0) {
            return false;
        }
        places[at] = high;
        places[at + 1] = low;
        size++;
        return true;
    }

    /** Where it is, or where there is room for it. */
    private int place(long high, long low) {
        int mask = places.length - 1;
        int mixed = (int) (((high ^ low) * 0x9e37_79b9_7f4a_7c15L) >>> 32);
        int at = (mixed << 1) & mask;
        while ((places[at] != 0 || places[at + 1] != 0) && (places[at] != high || places[at + 1] != low)) {
            at = (at + 2) & mask;
        }
        return at;
    }

    private void widen() {
        long[] old = places;
        places = new long[2 * old.length];
        for (int from = 0; from < old.length; from += 2) {
            if (old[from] != 0 || old[from + 1] != 0) {
                int at = place(old[from], old[from + 1]);
                places[at] = old[from];
                places[at + 1] = old[from + 1];
            }
        }
    }
}
