package io.tidemark.query.keys;

import io.tidemark.streams.access.Access;
import java.security.SecureRandom;

/** Texts of keys that nobody has yet. */
public final class FreshKey {
    private final Access access;
    private final SecureRandom random = new SecureRandom();

    public FreshKey(Access access) {
        this.access = access;
    }

    /** Of an id that no key has: two keys must never share one, as unlikely as it is. */
    public String text(String environment) {
        String text = ApiKeyFormat.generate(environment, random);
        while (access.key(ApiKeyFormat.id(text)).isPresent()) {
            text = ApiKeyFormat.generate(environment, random);
        }
        return text;
    }
}
