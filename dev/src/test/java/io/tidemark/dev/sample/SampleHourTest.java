package io.tidemark.dev.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.load.MadeEvent;
import io.tidemark.streams.event.EventKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class SampleHourTest {
    private static final Instant WEDNESDAY = Instant.parse("2026-11-18T00:00:00Z");

    private static List<MadeEvent> hour(long seed, Instant hour) {
        return new SampleHour("demo", seed, hour).events();
    }

    private static List<MadeEvent> day(Instant day) {
        var events = new ArrayList<MadeEvent>();
        for (int hour = 0; hour < 24; hour++) {
            events.addAll(hour(1, day.plus(hour, ChronoUnit.HOURS)));
        }
        return events;
    }

    @Test
    void isAFunctionOfSeedAndHour() {
        Instant noon = WEDNESDAY.plus(Duration.ofHours(12));
        assertThat(hour(1, noon)).isNotEmpty().isEqualTo(hour(1, noon.plusSeconds(1_800)));
        assertThat(hour(2, noon)).doesNotContain(hour(1, noon).get(0)).isNotEqualTo(hour(1, noon));
        assertThat(SampleSecond.events("demo", 1, noon)).isEqualTo(SampleSecond.events("demo", 1, noon.plusMillis(3)));
    }

    @Test
    void noTwoEventsOfACustomerHaveOneId() {
        List<MadeEvent> day = day(WEDNESDAY);
        var identities = new HashSet<String>();
        day.forEach(event -> identities.add(text(event, "external_customer_id") + "/" + text(event, "id")));
        assertThat(identities).hasSameSizeAs(day);
    }

    @Test
    void liesInItsHourAndInOrder() {
        Instant hour = WEDNESDAY.plus(Duration.ofHours(9));
        assertThat(hour(1, hour))
                .extracting(SampleHour::occurredAt)
                .isSorted()
                .allMatch(at -> at.truncatedTo(ChronoUnit.HOURS).equals(hour));
    }

    @Test
    void looksLikeAReseller() {
        List<MadeEvent> wednesday = day(WEDNESDAY);
        assertThat(wednesday).hasSizeBetween(5_000, 10_000);
        assertThat(day(WEDNESDAY.plus(Duration.ofDays(3))).size())
                .as("a Saturday")
                .isLessThan(wednesday.size() / 2);
        Map<String, Integer> models = new HashMap<>();
        Map<String, Integer> statuses = new HashMap<>();
        Map<String, Integer> customers = new HashMap<>();
        for (MadeEvent event : wednesday) {
            customers.merge(text(event, "external_customer_id"), 1, Integer::sum);
            if (event.kind() == EventKind.REQUEST) {
                models.merge(text(event, "model"), 1, Integer::sum);
                statuses.merge(text(event, "status"), 1, Integer::sum);
            }
        }
        assertThat(models).hasSize(Model.ALL.size());
        assertThat(statuses).containsOnlyKeys("ok", "error", "rate_limited");
        assertThat(customers).hasSize(Company.ALL.size());
        int heaviest = customers.getOrDefault(Company.ALL.get(0).externalId(), 0);
        assertThat(heaviest)
                .isGreaterThan(10 * customers.getOrDefault(Company.ALL.get(40).externalId(), 0));
    }

    @Test
    void everyCompanyIsOneThatTheDirectoryTakes() {
        assertThat(Company.ALL)
                .hasSizeBetween(38, 45)
                .extracting(Company::email)
                .doesNotHaveDuplicates();
        assertThat(Company.ALL).extracting(Company::externalId).doesNotHaveDuplicates();
        assertThat(List.of(Locale.getISOCountries()))
                .containsAll(Company.ALL.stream().map(Company::country).toList());
        assertThat(Company.ALL).extracting(Company::currency).containsOnly("USD", "EUR", "GBP");
    }

    private static String text(MadeEvent event, String field) {
        return String.valueOf(event.fields().get(field));
    }
}
