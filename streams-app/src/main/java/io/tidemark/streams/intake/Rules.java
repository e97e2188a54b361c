package io.tidemark.streams.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.access.Tenant;
import io.tidemark.streams.event.Reason;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/**
 * Every rule an event must keep, as one list. Each notes its fault in the draft; all are asked, so that a producer sees
 * all that is wrong at once.
 */
final class Rules {
    private static final int LONGEST_ID = 255;
    private static final int LONGEST_CUSTOMER = 256;
    private static final long MOST_TOKENS = 1_000_000_000_000L;
    private static final BigInteger LIMIT = BigInteger.TEN.pow(38);
    private static final List<Field> DECIMALS = List.of(Field.QUANTITY, Field.CREDITS, Field.COST);
    private static final List<Field> TOKENS =
            List.of(Field.INPUT_TOKENS, Field.OUTPUT_TOKENS, Field.CACHED_INPUT_TOKENS, Field.REASONING_TOKENS);

    private final TimeRule time;
    private final long late;
    private final long early;
    private final Predicate<String> tenantKnown;
    private final List<Rule> all = List.of(
            Rules::nothingIsMissing,
            Rules::idIsShortText,
            Rules::sourceIsShortText,
            Rules::tenantIsWellFormed,
            this::tenantIsKnown,
            Rules::customerIsShortText,
            Rules::meterIsWellFormed,
            Rules::amountsHave38Digits,
            Rules::countsAreNotNegative,
            Rules::currencyIsACode,
            Rules::costHasACurrency,
            this::timeIsInReach);

    /** One thing an event must keep. */
    interface Rule {
        void judge(Draft event, long appendedAt);
    }

    Rules(TimeRule time, Predicate<String> tenantKnown) {
        this.time = time;
        this.tenantKnown = tenantKnown;
        late = micros(time.late());
        early = micros(time.early());
    }

    /** Asks every rule; the faults are in the draft. */
    void judge(Draft event, long appendedAt) {
        for (Rule rule : all) {
            rule.judge(event, appendedAt);
        }
    }

    private static void nothingIsMissing(Draft event, long appendedAt) {
        for (Field field : Field.requiredOf(event.kind())) {
            if (!event.has(field)) {
                event.fault(field, Reason.MISSING_FIELD, field.wireName() + " is null");
            }
        }
    }

    private static void idIsShortText(Draft event, long appendedAt) {
        if (event.has(Field.ID)) {
            check(event, Field.ID, Reason.INVALID_ID, 1, LONGEST_ID);
        }
    }

    private static void sourceIsShortText(Draft event, long appendedAt) {
        check(event, Field.SOURCE, Reason.INVALID_SOURCE, 0, LONGEST_ID);
    }

    private static void tenantIsWellFormed(Draft event, long appendedAt) {
        if (event.has(Field.TENANT) && !Tenant.isName(event.text(Field.TENANT))) {
            event.fault(Field.TENANT, Reason.INVALID_TENANT, "tenant_id is not of the form " + Tenant.FORM);
        }
    }

    private void tenantIsKnown(Draft event, long appendedAt) {
        String tenant = event.text(Field.TENANT);
        if (Tenant.isName(tenant) && !tenantKnown.test(tenant)) {
            event.fault(Field.TENANT, Reason.UNKNOWN_TENANT, "no tenant is called " + tenant);
        }
    }

    private static void customerIsShortText(Draft event, long appendedAt) {
        if (event.has(Field.CUSTOMER)) {
            check(event, Field.CUSTOMER, Reason.INVALID_CUSTOMER, 1, LONGEST_CUSTOMER);
        }
    }

    private static void meterIsWellFormed(Draft event, long appendedAt) {
        if (event.has(Field.METER) && !Tenant.isMeter(event.text(Field.METER))) {
            event.fault(Field.METER, Reason.INVALID_METER, "meter is not of the form " + Tenant.METER_FORM);
        }
    }

    private static void amountsHave38Digits(Draft event, long appendedAt) {
        for (Field field : DECIMALS) {
            BigInteger large = event.large(field);
            if (large != null && large.abs().compareTo(LIMIT) >= 0) {
                event.fault(field, Reason.TOO_LARGE, field.wireName() + " has more than 29 digits before the point");
            }
        }
    }

    private static void countsAreNotNegative(Draft event, long appendedAt) {
        for (Field field : TOKENS) {
            if (event.number(field) < 0) {
                event.fault(field, Reason.NEGATIVE_COUNT, field.wireName() + " is " + event.number(field));
            } else if (event.number(field) > MOST_TOKENS) {
                event.fault(field, Reason.TOO_LARGE, field.wireName() + " is above " + MOST_TOKENS);
            }
        }
        if (event.number(Field.LATENCY) < 0) {
            event.fault(Field.LATENCY, Reason.NEGATIVE_COUNT, "latency_ms is " + event.number(Field.LATENCY));
        }
    }

    private static void currencyIsACode(Draft event, long appendedAt) {
        String currency = event.text(Field.CURRENCY);
        if (!currency.isEmpty() && !isCode(currency)) {
            event.fault(
                    Field.CURRENCY,
                    Reason.INVALID_CURRENCY,
                    "currency is not an ISO 4217 code of three capital letters");
        }
    }

    private static boolean isCode(String currency) {
        boolean letters = currency.length() == 3;
        for (int i = 0; letters && i < currency.length(); i++) {
            letters = currency.charAt(i) >= 'A' && currency.charAt(i) <= 'Z';
        }
        return letters;
    }

    private static void costHasACurrency(Draft event, long appendedAt) {
        if (!event.isZero(Field.COST) && event.text(Field.CURRENCY).isEmpty()) {
            event.fault(Field.CURRENCY, Reason.CURRENCY_MISSING, "cost is not zero and currency is missing");
        }
    }

    private void timeIsInReach(Draft event, long appendedAt) {
        if (!event.has(Field.OCCURRED_AT)) {
            return;
        }
        long occurred = event.number(Field.OCCURRED_AT);
        long appended = Math.multiplyExact(appendedAt, 1_000L);
        if (occurred < appended - late) {
            event.fault(
                    Field.OCCURRED_AT,
                    Reason.TOO_OLD,
                    said(occurred, appendedAt) + ", more than " + time.late() + " before");
        } else if (occurred > appended + early) {
            event.fault(
                    Field.OCCURRED_AT,
                    Reason.IN_THE_FUTURE,
                    said(occurred, appendedAt) + ", more than " + time.early() + " after");
        }
    }

    private static String said(long occurred, long appendedAt) {
        return "occurred_at is " + Instant.EPOCH.plus(occurred, ChronoUnit.MICROS) + ", appended at "
                + Instant.ofEpochMilli(appendedAt);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    /** Whether a text keeps the rule of a field that is part of an identity; the source may be empty. */
    static boolean keeps(Field field, String text) {
        return switch (field) {
            case TENANT -> Tenant.isName(text);
            case CUSTOMER -> isWithin(text, 1, LONGEST_CUSTOMER) && !hasControl(text);
            case SOURCE -> isWithin(text, 0, LONGEST_ID) && !hasControl(text);
            case ID -> isWithin(text, 1, LONGEST_ID) && !hasControl(text);
            default -> throw new IllegalArgumentException(field + " is no part of an identity");
        };
    }

    private static boolean isWithin(String text, int least, int most) {
        int bytes = text.length() > most ? Integer.MAX_VALUE : bytes(text);
        return bytes >= least && bytes <= most;
    }

    private static void check(Draft event, Field field, Reason reason, int least, int most) {
        String text = event.text(field);
        if (!isWithin(text, least, most)) {
            event.fault(field, reason, field.wireName() + " must have " + least + " to " + most + " bytes");
        } else if (hasControl(text)) {
            event.fault(field, reason, field.wireName() + " has a control character");
        }
    }

    /** How many bytes a text has in UTF-8; nearly all are ASCII, and are not encoded for that. */
    private static int bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return text.getBytes(UTF_8).length;
            }
        }
        return text.length();
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
