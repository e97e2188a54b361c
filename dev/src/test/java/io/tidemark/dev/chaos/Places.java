package io.tidemark.dev.chaos;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a position token says, read by hand: layout 1, then source (1 requests, 2 usage, 3 rekey, 4 customers), partition
 * and offset, the last two as zigzag LEB128.
 */
record Places(List<Place> all, Map<Long, Long> last) {
    record Place(int topic, int partition, long offset) {}

    static Places parse(String token) {
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        if (bytes.length == 0 || bytes[0] != 1) {
            throw new IllegalArgumentException("a position of another layout: " + token);
        }
        var places = new ArrayList<Place>();
        int[] at = {1};
        while (at[0] < bytes.length) {
            int topic = bytes[at[0]++];
            places.add(new Place(topic, Math.toIntExact(number(bytes, at)), number(bytes, at)));
        }
        return new Places(places, byPlace(places));
    }

    private static long number(byte[] bytes, int[] at) {
        long zigzag = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at[0]++];
            zigzag |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
    }

    /** The last offset of a partition that is meant; -1 where none is. */
    long of(int topic, int partition) {
        return last.getOrDefault(topic * 1_000_000L + partition, -1L);
    }

    private static Map<Long, Long> byPlace(List<Place> all) {
        var offsets = new HashMap<Long, Long>();
        all.forEach(one -> offsets.merge(one.topic * 1_000_000L + one.partition, one.offset, Math::max));
        return offsets;
    }
}
