package io.tidemark.streams.requestlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.schemas.WireFormat;
import io.tidemark.streams.hashing.Sha256;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.intake.WriterSchemas;
import io.tidemark.streams.intake.WriterSchemas.Lookup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The schemas that rows were written with, beside the rows: a page of the log can be read whether the registry can be asked or not, and whether
 * or not it still has them under the same numbers.
 *
 * <p>Key: {@code [0x03][fingerprint, int64]}: the beginning of the SHA-256 of the schema's JSON. Value: layout 1, then the JSON.
 */
final class StoredSchemas {
    private static final byte LAYOUT = 1;

    private final WriterSchemas registry;
    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<Integer, Long> known = new HashMap<>();

    StoredSchemas(WriterSchemas registry, KeyValueStore<Bytes, byte[]> store) {
        this.registry = registry;
        this.store = store;
    }

    /** The fingerprint of the schema an accepted event was written with; where it is new, it is added to what is to be written. */
    long of(byte[] framed, List<KeyValue<Bytes, byte[]>> toWrite) {
        int id = WireFormat.schemaId(framed);
        Long fingerprint = known.get(id);
        if (fingerprint == null) {
            fingerprint = add(id, toWrite);
            known.put(id, fingerprint);
        }
        return fingerprint;
    }

    private long add(int id, List<KeyValue<Bytes, byte[]>> toWrite) {
        if (!(registry.find(id) instanceof Lookup.Known schema)) {
            throw new IllegalStateException("schema " + id + " was known when an event of it was accepted just now");
        }
        byte[] json = schema.schema().toString().getBytes(UTF_8);
        long fingerprint = new BytesIn(Sha256.of(json)).int64();
        Bytes key = key(fingerprint);
        if (store.get(key) == null) {
            toWrite.add(KeyValue.pair(key, new BytesOut().raw(LAYOUT).raw(json).toBytes()));
        }
        return fingerprint;
    }

    static Bytes key(long fingerprint) {
        return new BytesOut().raw(LogStore.SCHEMA).int64(fingerprint).toKey();
    }

    static Schema decode(byte[] value) {
        new BytesIn(value).version(LAYOUT);
        // Events were read with it: whatever else may be odd about it is no reason not to show them.
        return new Schema.Parser(org.apache.avro.NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse(new String(value, 1, value.length - 1, UTF_8));
    }
}
