package io.tidemark.query.customers;

import io.tidemark.query.request.JsonBody;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.Details.Detail;
import java.time.ZoneId;
import java.util.Currency;
import java.util.EnumMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What may be said of a customer, field by field. */
final class CustomerFields {
    static final String NO_EMAIL = "must be an e-mail address of at most 320 characters, such as ann@example.com";

    private static final int NAME = 256;
    private static final int PHONE = 64;
    private static final int ADDRESS = 256;
    private static final int LOCALE = 64;
    private static final int EMAIL = 320;
    private static final int MOST_METADATA = 50;
    private static final int METADATA = 500;
    private static final Pattern EMAIL_SHAPE = Pattern.compile("[^\\s@\\p{Cntrl}\\p{Cs}]+@[^\\s@\\p{Cntrl}\\p{Cs}]+");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final List<Detail> ADDRESSES = List.of(
            Detail.BILLING_ADDRESS_LINE1,
            Detail.BILLING_ADDRESS_LINE2,
            Detail.BILLING_ADDRESS_CITY,
            Detail.BILLING_ADDRESS_STATE,
            Detail.BILLING_ADDRESS_POSTAL_CODE,
            Detail.BILLING_ADDRESS_COUNTRY);

    private final JsonBody body;
    private final Map<Detail, String> texts = new EnumMap<>(Detail.class);

    private CustomerFields(JsonBody body) {
        this.body = body;
    }

    /** What a body says of a customer; what it does not say is absent. */
    static Details details(JsonBody body) {
        var fields = new CustomerFields(body);
        fields.put(Detail.NAME, body.text("name", NAME, "display_name", "company_name"));
        fields.put(Detail.PHONE, body.text("phone", PHONE));
        ADDRESSES.forEach(line -> fields.put(line, body.text(line.label(), ADDRESS)));
        fields.put(Detail.EMAIL, body.parsed("email", CustomerFields::email, NO_EMAIL));
        fields.codes();
        return new Details(
                fields.texts, body.map("metadata", MOST_METADATA, METADATA).orElse(null));
    }

    private void codes() {
        put(Detail.CURRENCY, body.parsed("currency", CustomerFields::currency, "must be an ISO 4217 code such as USD"));
        put(Detail.TIMEZONE, body.parsed("timezone", in(ZONES), "must be an IANA zone such as Asia/Kathmandu"));
        put(Detail.COUNTRY_CODE, body.parsed("country_code", in(COUNTRIES), "must be an ISO 3166-1 code such as NP"));
        put(Detail.LOCALE, body.parsed("locale", CustomerFields::locale, "must be a BCP 47 tag such as ne-NP"));
    }

    private void put(Detail detail, Optional<String> text) {
        text.ifPresent(given -> texts.put(detail, given));
    }

    static Optional<String> email(String text) {
        return Optional.of(text)
                .filter(given -> given.codePointCount(0, given.length()) <= EMAIL)
                .filter(given -> EMAIL_SHAPE.matcher(given).matches());
    }

    private static Optional<String> currency(String code) {
        try {
            return CURRENCY.matcher(code).matches()
                    ? Optional.of(Currency.getInstance(code).getCurrencyCode())
                    : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> locale(String tag) {
        try {
            boolean empty = tag.length() > LOCALE
                    || new Locale.Builder()
                            .setLanguageTag(tag)
                            .build()
                            .getLanguage()
                            .isEmpty();
            return empty ? Optional.empty() : Optional.of(tag);
        } catch (IllformedLocaleException none) {
            return Optional.empty();
        }
    }

    private static java.util.function.Function<String, Optional<String>> in(Set<String> known) {
        return text -> Optional.of(text).filter(known::contains);
    }
}
