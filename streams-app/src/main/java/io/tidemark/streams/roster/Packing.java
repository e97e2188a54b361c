package io.tidemark.streams.roster;

import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link Card} has in no field of its own: flags, times as microseconds since the customer was made, texts, metadata. In memory
 * alone: the layout may change with any build.
 */
final class Packing {
    private static final int DELETED = 1;
    private static final int ACTIVE = 2;
    private static final int AUTO_CREATED = 4;
    private static final int SEEN = 8;
    /** The e-mail address was given as it is folded, as most are, and is not held twice. */
    private static final int EMAIL_IS_FOLDED = 16;

    private static final List<Detail> DETAILS = List.of(Detail.values());

    private Packing() {}

    static boolean isDeleted(byte flags) {
        return (flags & DELETED) != 0;
    }

    static void pack(Customer customer, String foldedEmail, BytesOut out) {
        long made = Micros.of(customer.createdAt());
        boolean emailIsFolded = foldedEmail.equals(customer.details().get(Detail.EMAIL));
        out.raw(flags(customer, emailIsFolded));
        out.number(Micros.of(customer.updatedAt()) - made);
        customer.firstSeenAt().ifPresent(seen -> out.number(Micros.of(seen) - made));
        customer.deletedAt().ifPresent(deleted -> out.number(Micros.of(deleted) - made));
        Details details = emailIsFolded ? customer.details().with(Detail.EMAIL, null) : customer.details();
        packTexts(details, out);
        Map<String, String> metadata = metadata(details);
        out.number(metadata.size());
        metadata.forEach((key, value) -> out.counted(key).counted(value));
    }

    private static byte flags(Customer customer, boolean emailIsFolded) {
        return (byte) ((customer.isDeleted() ? DELETED : 0)
                | (customer.active() ? ACTIVE : 0)
                | (customer.autoCreated() ? AUTO_CREATED : 0)
                | (customer.firstSeenAt().isPresent() ? SEEN : 0)
                | (emailIsFolded ? EMAIL_IS_FOLDED : 0));
    }

    private static void packTexts(Details details, BytesOut out) {
        long present = 0;
        for (Detail detail : DETAILS) {
            present = present << 1 | (details.get(detail) == null ? 0 : 1);
        }
        out.number(present);
        for (Detail detail : DETAILS) {
            Optional.ofNullable(details.get(detail)).ifPresent(out::counted);
        }
    }

    private static Map<String, String> metadata(Details details) {
        return Objects.requireNonNullElse(details.metadata(), Map.of());
    }

    static Customer unpack(Card card, String tenant, String foldedEmail, BytesIn in) {
        byte flags = in.raw();
        Instant updated = Micros.instant(card.createdAt() + in.number());
        Optional<Instant> firstSeen = time(flags, SEEN, card, in);
        Optional<Instant> deleted = time(flags, DELETED, card, in);
        Details details = details(in);
        return new Customer(
                card.id(),
                tenant,
                card.externalId(),
                card.version(),
                (flags & EMAIL_IS_FOLDED) == 0 ? details : details.with(Detail.EMAIL, foldedEmail),
                (flags & ACTIVE) != 0,
                (flags & AUTO_CREATED) != 0,
                Micros.instant(card.createdAt()),
                updated,
                firstSeen,
                card.lastSeenAt() == Card.NEVER ? Optional.empty() : Optional.of(Micros.instant(card.lastSeenAt())),
                deleted);
    }

    private static Optional<Instant> time(byte flags, int flag, Card card, BytesIn in) {
        return (flags & flag) == 0 ? Optional.empty() : Optional.of(Micros.instant(card.createdAt() + in.number()));
    }

    private static Details details(BytesIn in) {
        long present = in.number();
        var texts = new EnumMap<Detail, String>(Detail.class);
        long bit = 1L << DETAILS.size();
        for (Detail detail : DETAILS) {
            bit >>= 1;
            if ((present & bit) != 0) {
                texts.put(detail, in.counted());
            }
        }
        var metadata = new HashMap<String, String>();
        for (long left = in.number(); left > 0; left--) {
            metadata.put(in.counted(), in.counted());
        }
        return new Details(texts, metadata);
    }
}
