package io.tidemark.streams.intake;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.event.Claim;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads whose event a rejected one is. What the payload says goes before what the record's key says; of a payload that could not be read to its end
 * only what agrees with the key is believed, as it may be anything.
 */
final class Claims {
    private Claims() {}

    static Claim of(Draft draft, byte @Nullable [] key) {
        Claim ofKey = of(key);
        Claim ofPayload = read(draft);
        if (!draft.isWhole()) {
            boolean agrees = ofPayload.namesCustomer()
                    && ofPayload.tenant().equals(ofKey.tenant())
                    && ofPayload.customer().equals(ofKey.customer());
            return agrees ? ofPayload : ofKey;
        }
        return ofPayload.tenant().isEmpty()
                ? claim(ofKey.tenant(), ofPayload.customer(), ofPayload.source(), ofPayload.id())
                : ofPayload;
    }

    /** What the key says by itself. */
    static Claim of(byte @Nullable [] key) {
        // What is not UTF-8 would come back as other bytes, and be somebody else.
        Optional<EventKey> read = EventKey.parse(key).filter(one -> Arrays.equals(one.bytes(), key));
        return read.map(one -> claim(kept(Field.TENANT, one.tenant()), kept(Field.CUSTOMER, one.externalId()), "", ""))
                .orElse(Claim.NONE);
    }

    /** The same without the customer. */
    static Claim tenantOf(byte @Nullable [] key) {
        return new Claim(of(key).tenant(), "", "", "");
    }

    private static Claim read(Draft draft) {
        String source = draft.text(Field.SOURCE);
        boolean known = Rules.keeps(Field.SOURCE, source);
        return claim(
                kept(Field.TENANT, draft.text(Field.TENANT)),
                kept(Field.CUSTOMER, draft.text(Field.CUSTOMER)),
                known ? source : "",
                known ? kept(Field.ID, draft.text(Field.ID)) : "");
    }

    private static Claim claim(String tenant, String customer, String source, String id) {
        return new Claim(tenant, customer, source, customer.isEmpty() ? "" : id);
    }

    private static String kept(Field field, String text) {
        return Rules.keeps(field, text) ? text : "";
    }
}
