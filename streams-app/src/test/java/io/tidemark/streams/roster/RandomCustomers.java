package io.tidemark.streams.roster;

import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.Details.Detail;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;

/** Customers that collide wherever customers may: few names, few letters, few times, in cases and alphabets that differ. */
@NullMarked
final class RandomCustomers {
    private static final List<String> LETTERS = List.of(
            "a", "A", "b", "B", "é", "E\u0301", "ß", "ﬁ", "İ", "Σ", "ς", "漢", "🙂", "\uFF21", " ", "@", "/", "0", "z");

    private final Random random;

    RandomCustomers(Random random) {
        this.random = random;
    }

    String text(int most) {
        var text = new StringBuilder();
        for (int length = 1 + random.nextInt(most); length > 0; length--) {
            text.append(LETTERS.get(random.nextInt(LETTERS.size())));
        }
        return text.toString();
    }

    String externalId() {
        return text(2);
    }

    Customer customer(String externalId, long version, Instant created) {
        return new Customer(
                UUID.nameUUIDFromBytes(externalId.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                "acme",
                externalId,
                version,
                new Details(texts(), metadata()),
                random.nextBoolean(),
                random.nextBoolean(),
                created,
                time(created).orElse(created),
                time(created),
                time(created),
                random.nextInt(5) == 0 ? Optional.of(created.minusNanos(1_000)) : Optional.empty());
    }

    private Map<Detail, String> texts() {
        var texts = new EnumMap<Detail, String>(Detail.class);
        for (Detail detail : Detail.values()) {
            if (random.nextInt(3) > 0) {
                texts.put(detail, text(4));
            }
        }
        return texts;
    }

    private Map<String, String> metadata() {
        var metadata = new HashMap<String, String>();
        for (int left = random.nextInt(3); left > 0; left--) {
            metadata.put(text(2), text(200));
        }
        return metadata;
    }

    private Optional<Instant> time(Instant around) {
        return random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(
                        around.plus(Duration.ofMinutes(random.nextInt(5) - 2)).plusNanos(1_000));
    }
}
