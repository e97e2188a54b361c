package io.tidemark.streams.customers;

import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What answers about usage need of a customer's record: a row of the table of {@code customers}, beside the usage.
 *
 * <p>Key: {@code [0x06][tenant][customer]}, both ending in a zero byte. Value: layout 1, UUID, version, whether there is a
 * name, the name. A customer that is left out of reports, being inactive or deleted, has the key {@code
 * [0x07][tenant][customer]} as well, with layout 1 alone: they are few, and read together.
 */
public record KnownCustomer(UUID id, long version, Optional<String> name) {
    static final byte[] UNREPORTED = {1};

    private static final byte LAYOUT = 1;

    static KnownCustomer of(Customer customer) {
        return new KnownCustomer(
                customer.id(),
                customer.version(),
                Optional.ofNullable(customer.details().get(Detail.NAME)));
    }

    static Bytes key(String tenant, String customer) {
        return key(HotStore.KNOWN, tenant).terminated(customer).toKey();
    }

    static Bytes unreportedKey(String tenant, String customer) {
        return key(HotStore.UNREPORTED, tenant).terminated(customer).toKey();
    }

    private static BytesOut key(byte prefix, String tenant) {
        return new BytesOut().raw(prefix).terminated(tenant);
    }

    byte[] encode() {
        var out = new BytesOut()
                .raw(LAYOUT)
                .int64(id.getMostSignificantBits())
                .int64(id.getLeastSignificantBits())
                .number(version)
                .raw((byte) (name.isPresent() ? 1 : 0));
        name.ifPresent(out::counted);
        return out.toBytes();
    }

    static KnownCustomer decode(byte[] value) {
        var in = new BytesIn(value).version(LAYOUT);
        return new KnownCustomer(
                new UUID(in.int64(), in.int64()),
                in.number(),
                in.raw() == 0 ? Optional.empty() : Optional.of(in.counted()));
    }

    /** What is known of some customers of one partition, in their order. */
    public static List<Optional<KnownCustomer>> of(
            HotReads reads, int partition, String tenant, List<String> customers) {
        List<Bytes> keys =
                customers.stream().map(customer -> key(tenant, customer)).toList();
        var found = new ArrayList<Optional<KnownCustomer>>();
        for (byte @Nullable [] stored : reads.get(partition, keys)) {
            found.add(Optional.ofNullable(stored).map(KnownCustomer::decode));
        }
        return found;
    }

    /** The customers of a tenant, in one partition, that are left out of reports. */
    public static Set<String> unreported(HotReads reads, int partition, String tenant) {
        var found = new HashSet<String>();
        Bytes from = key(HotStore.UNREPORTED, tenant).toKey();
        // Behind every text in UTF-8, whose bytes are below 0xf8.
        Bytes to = key(HotStore.UNREPORTED, tenant).raw((byte) 0xff).toKey();
        int prefix = from.get().length;
        reads.scan(partition, from, to, (key, value) -> found.add(new BytesIn(key, prefix).terminated()));
        return found;
    }
}
