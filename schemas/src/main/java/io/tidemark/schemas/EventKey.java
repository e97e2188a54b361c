package io.tidemark.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The key of every customer-keyed record: {@code tenant/external_id} in plain UTF-8, split at the first slash.
 *
 * <p>Plain, and not Avro: an Avro key begins with the id of its schema, so a schema change would move every customer to
 * another partition.
 */
public record EventKey(String tenant, String externalId) {

    public EventKey {
        if (tenant.indexOf('/') >= 0) {
            throw new IllegalArgumentException("a tenant has no slash: " + tenant);
        }
    }

    /** The key that some bytes are; empty when they are none. */
    public static Optional<EventKey> parse(byte @Nullable [] bytes) {
        String key = bytes == null ? "" : new String(bytes, UTF_8);
        int slash = key.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : Optional.of(new EventKey(key.substring(0, slash), key.substring(slash + 1)));
    }

    public byte[] bytes() {
        return (tenant + '/' + externalId).getBytes(UTF_8);
    }

    /** Whether these bytes are the key of a customer; may say no where a name is not ASCII. */
    public static boolean isOf(byte[] key, String tenant, String externalId) {
        int slash = tenant.length();
        return key.length == slash + 1 + externalId.length()
                && key[slash] == '/'
                && isAt(key, 0, tenant)
                && isAt(key, slash + 1, externalId);
    }

    private static boolean isAt(byte[] key, int from, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (key[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The partition of these bytes: murmur2, as Kafka's Java producer places keys. */
    public static int partition(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    public int partition(int partitions) {
        return partition(bytes(), partitions);
    }
}
