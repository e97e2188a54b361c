package io.tidemark.streams.directory;

import io.tidemark.schemas.SingleObject;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.message.MessageDecoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one partition of tenants. Texts in keys end in a zero byte.
 *
 * <ul>
 *   <li>{@code [0x01][tenant][external id]}: the customer, in Avro's single-object encoding
 *   <li>{@code [0x02][tenant][UUID, 16 bytes]}: its external id
 *   <li>{@code [0x03][tenant][folded e-mail]}: the external id of who has it; no customer that is deleted has one
 *   <li>{@code [0x04][tenant][command id, 16 bytes]}: when it was done, int64, the hash of what was asked,
 *       int64, its result
 *   <li>{@code [0x05][done at, int64][tenant][command id, 16 bytes]}: so that old commands are forgotten in one range; the UUID
 *       of the customer that the result tells of, 16 bytes, or one byte where it tells of none
 *   <li>{@code [0x06][tenant][external id]}: changed, and not yet in {@code customers}
 *   <li>{@code [0x07][topic id of customer-commands, 16 bytes]}: the last offset handled, int64
 *   <li>{@code [0x08][tenant][customer's UUID, 16 bytes][command id, 16 bytes]}: a command whose result tells of it
 * </ul>
 */
public final class DirectoryStore {
    public static final String NAME = "directory";

    private static final byte CUSTOMER = 1;
    private static final byte BY_ID = 2;
    private static final byte BY_EMAIL = 3;
    private static final byte UNANNOUNCED = 6;
    private static final byte PROGRESS = 7;

    private static final MessageDecoder<io.tidemark.events.Customer> CUSTOMERS =
            io.tidemark.events.Customer.createDecoder(
                    SingleObject.writtenWith(io.tidemark.events.Customer.getClassSchema()));

    private final KeyValueStore<Bytes, byte[]> store;
    private final DoneCommands done;

    DirectoryStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.done = new DoneCommands(store);
    }

    DoneCommands done() {
        return done;
    }

    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    Optional<Customer> customer(String tenant, String externalId) {
        byte[] stored = store.get(customerKey(tenant, externalId));
        return Optional.ofNullable(stored).map(DirectoryStore::decode);
    }

    Optional<Customer> byId(String tenant, UUID id) {
        return named(tenant, store.get(idKey(tenant, id)));
    }

    Optional<Customer> byEmail(String tenant, String foldedEmail) {
        return named(tenant, store.get(emailKey(tenant, foldedEmail)));
    }

    private Optional<Customer> named(String tenant, byte @Nullable [] externalId) {
        return externalId == null ? Optional.empty() : customer(tenant, new BytesIn(externalId).terminated());
    }

    /** @param before as it was written last; null writes all there is of it */
    void put(@Nullable Customer before, Customer after) {
        String tenant = after.tenant();
        store.put(customerKey(tenant, after.externalId()), encode(after));
        if (before == null
                || !before.id().equals(after.id())
                || !before.externalId().equals(after.externalId())) {
            byte[] name = new BytesOut().terminated(after.externalId()).toBytes();
            store.put(idKey(tenant, after.id()), name);
        }
    }

    /** Takes away what is stored under a customer's external id, but for its e-mail address. */
    void remove(Customer customer) {
        store.delete(customerKey(customer.tenant(), customer.externalId()));
        store.delete(unannouncedKey(customer));
    }

    void giveEmail(Customer to, String foldedEmail) {
        store.put(
                emailKey(to.tenant(), foldedEmail),
                new BytesOut().terminated(to.externalId()).toBytes());
    }

    void freeEmail(String tenant, String foldedEmail) {
        store.delete(emailKey(tenant, foldedEmail));
    }

    void unannounced(Customer customer) {
        store.put(unannouncedKey(customer), new byte[] {1});
    }

    void announced(Customer customer) {
        store.delete(unannouncedKey(customer));
    }

    /** Some of the customers that were changed and are not yet in {@code customers}. */
    List<Customer> unannounced(int most) {
        var found = new ArrayList<Customer>();
        Bytes from = new BytesOut().raw(UNANNOUNCED).toKey();
        Bytes to = new BytesOut().raw((byte) (UNANNOUNCED + 1)).toKey();
        try (KeyValueIterator<Bytes, byte[]> waiting = store.range(from, to)) {
            while (waiting.hasNext() && found.size() < most) {
                var in = new BytesIn(waiting.next().key.get(), 1);
                customer(in.terminated(), in.terminated()).ifPresent(found::add);
            }
        }
        return found;
    }

    /** The last offset of {@code customer-commands} that was handled; -1 before the first. */
    long handled(Uuid topic) {
        byte[] stored = store.get(progressKey(topic));
        return stored == null ? -1 : new BytesIn(stored).int64();
    }

    void handled(Uuid topic, long offset) {
        store.put(progressKey(topic), new BytesOut().int64(offset).toBytes());
    }

    private static Bytes progressKey(Uuid topic) {
        return new BytesOut()
                .raw(PROGRESS)
                .int64(topic.getMostSignificantBits())
                .int64(topic.getLeastSignificantBits())
                .toKey();
    }

    private static byte[] encode(Customer customer) {
        return SingleObject.bytes(CustomerRecord.toAvro(customer)::toByteBuffer);
    }

    private static Customer decode(byte[] stored) {
        try {
            return CustomerRecord.fromAvro(CUSTOMERS.decode(stored));
        } catch (MissingSchemaException e) {
            throw new IllegalStateException("a stored customer has a schema of a newer build", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes customerKey(String tenant, String externalId) {
        return new BytesOut()
                .raw(CUSTOMER)
                .terminated(tenant)
                .terminated(externalId)
                .toKey();
    }

    private static Bytes idKey(String tenant, UUID id) {
        return id(new BytesOut().raw(BY_ID).terminated(tenant), id).toKey();
    }

    private static Bytes emailKey(String tenant, String foldedEmail) {
        return new BytesOut()
                .raw(BY_EMAIL)
                .terminated(tenant)
                .terminated(foldedEmail)
                .toKey();
    }

    private static Bytes unannouncedKey(Customer customer) {
        return new BytesOut()
                .raw(UNANNOUNCED)
                .terminated(customer.tenant())
                .terminated(customer.externalId())
                .toKey();
    }

    private static BytesOut id(BytesOut out, UUID id) {
        return out.int64(id.getMostSignificantBits()).int64(id.getLeastSignificantBits());
    }
}
