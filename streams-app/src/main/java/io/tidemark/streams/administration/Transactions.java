package io.tidemark.streams.administration;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.errors.ApiException;

/**
 * Whether the brokers' transactions are of the version that cannot hang or let a late writer in.
 *
 * <p>Source: KIP-890. A cluster upgraded from before 4.0 keeps the old version until somebody raises it.
 */
final class Transactions {
    static final String FEATURE = "transaction.version";
    private static final short NEEDED = 2;

    private Transactions() {}

    static void check(Admin admin, Findings findings) {
        try {
            FinalizedVersionRange range = Asked.of(admin.describeFeatures().featureMetadata())
                    .finalizedFeatures()
                    .get(FEATURE);
            int version = range == null ? 0 : range.maxVersionLevel();
            if (version < NEEDED) {
                findings.fault("the brokers' " + FEATURE + " is " + version + ", below " + NEEDED
                        + ": kafka-features.sh --bootstrap-server … upgrade --feature " + FEATURE + "=" + NEEDED);
            } else {
                findings.fine(FEATURE + " " + version);
            }
        } catch (ApiException unreadable) {
            findings.warning(FEATURE + " cannot be read (" + unreadable.getMessage() + "); make sure that it is "
                    + NEEDED + " or above");
        }
    }
}
