package io.tidemark.query.customers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.tidemark.query.http.IdempotencyKey;
import io.tidemark.query.request.Faults;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.hashing.Sha256;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The name of a command: one that a caller chose names the same command whenever it comes, one of another tenant never. */
final class CommandId {
    /** RFC 9562: version 8 is for ids made in one's own way. */
    private static final long VERSION = 0x8000L;

    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private CommandId() {}

    /** What the caller chose; empty where it chose nothing, or nothing that may be. */
    static Optional<UUID> chosen(Context context, String tenant, Faults faults) {
        return IdempotencyKey.of(context, faults).map(key -> of(tenant, key));
    }

    static UUID of(String tenant, String key) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.of((tenant + '\0' + key).getBytes(UTF_8)));
        return new UUID((hash.getLong() & ~0xF000L) | VERSION, (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | VARIANT);
    }

    /** A hash of what was wished, however it was spelled. Of making a customer it is as builds before had it. */
    static long content(String operation, Optional<String> externalId, Details details, @Nullable Boolean active) {
        var texts = new TreeMap<>(details.texts());
        var metadata = details.metadata() == null ? "" : new TreeMap<>(details.metadata()).toString();
        String said = String.join("\0", externalId.toString(), texts.toString(), metadata, String.valueOf(active));
        if (!operation.equals("create")) {
            said = operation + "\0" + said;
        }
        return ByteBuffer.wrap(Sha256.of(said.getBytes(UTF_8))).getLong();
    }
}
