package io.tidemark.streams.hot;

import java.util.Iterator;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/** Entries of a range in the order of their keys, one at a time. What they give must not be changed. */
public interface Entries {

    /** Steps to the next one, first to the first; says whether there is one. */
    boolean next();

    /** The key of the one that was stepped to. */
    byte[] key();

    /** Its value. */
    byte[] value();

    /** Those of an iterator. */
    static Entries of(Iterator<KeyValue<Bytes, byte[]>> found) {
        return new Entries() {
            private byte[] key = {};
            private byte[] value = {};

            @Override
            public boolean next() {
                if (!found.hasNext()) {
                    return false;
                }
                KeyValue<Bytes, byte[]> next = found.next();
                key = next.key.get();
                value = next.value;
                return true;
            }

            @Override
            public byte[] key() {
                return key;
            }

            @Override
            public byte[] value() {
                return value;
            }
        };
    }
}
