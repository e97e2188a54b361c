package io.tidemark.streams.dedupe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.event.Event;
import io.tidemark.streams.hashing.Sha256;
import io.tidemark.streams.hot.BytesOut;
import java.security.MessageDigest;

/**
 * An event's identity as 128 bits: the first half of SHA-256 over tenant, customer, source and id, each led by its length,
 * so that no two different identities are the same bytes. Stored, therefore final.
 *
 * <p>A cryptographic hash because ids may come from a customer's own client, which must not be able to make an event
 * look like another's repeat. One thread's alone.
 */
public final class Identity {
    private final MessageDigest sha256 = Sha256.digest();
    private final BytesOut parts = new BytesOut();

    public Id of(Event event) {
        return of(event.tenant(), event.customer(), event.source(), event.id());
    }

    Id of(String tenant, String customer, String source, String id) {
        parts.clear();
        feed(tenant);
        feed(customer);
        feed(source);
        feed(id);
        parts.into(sha256);
        return Id.of(sha256.digest());
    }

    private void feed(String part) {
        byte[] bytes = part.getBytes(UTF_8);
        parts.raw((byte) (bytes.length >>> 8)).raw((byte) bytes.length).raw(bytes);
    }
}
