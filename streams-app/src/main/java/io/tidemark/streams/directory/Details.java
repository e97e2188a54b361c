package io.tidemark.streams.directory;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a customer. As part of a {@link Customer}: what is absent is not known. As a wish: what is absent stays as
 * it is.
 *
 * @param metadata the tenant's own fields; null in a wish leaves them as they are, any other replaces them all
 */
public record Details(Map<Detail, String> texts, @Nullable Map<String, String> metadata) {
    /** A wish for nothing. */
    public static final Details NONE = new Details(Map.of(), null);
    /** A customer of whom nothing was said. */
    static final Details UNKNOWN = new Details(Map.of(), Map.of());

    /** The texts that may be said of a customer, as given. */
    public enum Detail {
        NAME,
        EMAIL,
        PHONE,
        BILLING_ADDRESS_LINE1,
        BILLING_ADDRESS_LINE2,
        BILLING_ADDRESS_CITY,
        BILLING_ADDRESS_STATE,
        BILLING_ADDRESS_POSTAL_CODE,
        BILLING_ADDRESS_COUNTRY,
        /** ISO 4217 code. */
        CURRENCY,
        /** IANA zone. */
        TIMEZONE,
        /** ISO 3166-1 alpha-2. */
        COUNTRY_CODE,
        /** BCP 47 language tag. */
        LOCALE;

        /** The name on the wire and in JSON. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Details {
        texts = Map.copyOf(texts);
        metadata = metadata == null ? null : Map.copyOf(metadata);
    }

    public @Nullable String get(Detail detail) {
        return texts.get(detail);
    }

    /** The same with another text; null takes it away. */
    public Details with(Detail detail, @Nullable String text) {
        var changed = new EnumMap<Detail, String>(Detail.class);
        changed.putAll(texts);
        if (text == null) {
            changed.remove(detail);
        } else {
            changed.put(detail, text);
        }
        return new Details(changed, metadata);
    }

    /** These, with what a wish says. */
    Details changedBy(Details wish) {
        var changed = new EnumMap<Detail, String>(Detail.class);
        changed.putAll(texts);
        changed.putAll(wish.texts);
        return new Details(changed, wish.metadata == null ? metadata : wish.metadata);
    }
}
