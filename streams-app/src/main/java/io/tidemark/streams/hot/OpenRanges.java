package io.tidemark.streams.hot;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Ranges of one store while they are read. */
final class OpenRanges implements AutoCloseable {
    private final FlushedStore store;
    private final List<KeyValueIterator<Bytes, byte[]>> iterators = new ArrayList<>();
    private final List<KeptRanges.Keeping> keeping = new ArrayList<>();

    OpenRanges(FlushedStore store) {
        this.store = store;
    }

    Entries entries(HotReads.Range range, long stay) {
        if (stay == OpenStores.RESTORING) {
            store.kept().clear();
        }
        if (!range.whole() || stay == OpenStores.RESTORING) {
            return Entries.of(open(range));
        }
        Entries kept = store.kept().kept(range, stay);
        if (kept != null) {
            return kept;
        }
        // Waits for what is being written, which a range that is kept may have already.
        KeptRanges.Keeping begun = store.kept().keep(range, stay);
        if (begun == null) {
            return Entries.of(open(range));
        }
        keeping.add(begun);
        return begun.entries(Entries.of(open(range)));
    }

    private KeyValueIterator<Bytes, byte[]> open(HotReads.Range range) {
        KeyValueIterator<Bytes, byte[]> found = store.range(range.from(), range.to());
        iterators.add(found);
        return found;
    }

    @Override
    public void close() {
        keeping.forEach(KeptRanges.Keeping::giveUp);
        iterators.forEach(KeyValueIterator::close);
    }
}
