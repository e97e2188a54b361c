package io.tidemark.streams.directory;

import io.tidemark.schemas.EventKey;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The external id of a customer that was erased: of a random UUID alone, so that nothing leads back. Its usage must not
 * move to another partition, or it would be in two for a while: ids are tried until one lies where the old one did.
 */
public final class Pseudonym {
    private static final String PREFIX = "erased-";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Pseudonym() {}

    /** @param random UUIDs to try: as many as there are partitions, as a rule */
    static String of(String tenant, String externalId, int partitions, Supplier<UUID> random) {
        int partition = new EventKey(tenant, externalId).partition(partitions);
        while (true) {
            String candidate = PREFIX + random.get();
            if (new EventKey(tenant, candidate).partition(partitions) == partition) {
                return candidate;
            }
        }
    }

    /** Whether an external id is one. */
    public static boolean is(String externalId) {
        return FORM.matcher(externalId).matches();
    }
}
