package io.tidemark.query.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.EventKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LoadEventsTest {
    private static final Instant UNTIL = Instant.parse("2026-11-20T12:00:00Z");
    private static final int MANY = 20_000;

    static LoadSettings settings(long seed, Skew skew) {
        return new LoadSettings(
                seed,
                MANY,
                100,
                0.05,
                0.1,
                Duration.ofDays(30),
                Duration.ofMinutes(10),
                skew,
                List.of("storage_gb", "seats"),
                UNTIL,
                Optional.empty());
    }

    private static List<MadeEvent> events(LoadSettings settings) {
        var events = new LoadEvents("acme", settings);
        return LongStream.range(0, MANY).mapToObj(events::event).toList();
    }

    @Test
    void areTheSameForTheSameSettingsAndOthersForAnotherSeed() {
        List<MadeEvent> once = events(settings(7, Skew.ZIPF));
        assertThat(events(settings(7, Skew.ZIPF))).isEqualTo(once);
        List<MadeEvent> other = events(settings(8, Skew.ZIPF));
        assertThat(new HashSet<>(once)).hasSize(MANY).doesNotContain(other.get(0), other.get(MANY - 1));
        assertThat(times(other)).doesNotContainSequence(times(once).subList(0, 2));
    }

    private static List<Object> times(List<MadeEvent> events) {
        return events.stream()
                .map(event -> event.fields().getOrDefault("occurred_at", ""))
                .toList();
    }

    /** Seen on another day this would be another load: ids and amounts are part of what users may repeat. */
    @Test
    void staysWhatItIs() {
        Map<String, Object> fields = new TreeMap<>(
                new LoadEvents("acme", settings(7, Skew.ZIPF)).event(0).fields());
        assertThat(fields).hasToString(GOLDEN);
    }

    private static final String GOLDEN =
            "{cost=0.214778760, credits=2.546289, currency=USD, external_customer_id=load-7-5bf19538-003, id=load-7-5bf19538-0, meter=storage_gb, occurred_at=2026-11-20T11:58:29.353891Z, quantity=185.939, source=tidemark-load, tenant_id=acme}";

    @Test
    void liesWithinTheTimeThatIsSaid() {
        LoadSettings settings = settings(1, Skew.UNIFORM);
        int late = 0;
        for (MadeEvent event : events(settings)) {
            Instant at = (Instant) event.fields().getOrDefault("occurred_at", Instant.MAX);
            assertThat(at).isBefore(UNTIL).isAfterOrEqualTo(settings.from());
            late += at.isBefore(UNTIL.minus(settings.spread())) ? 1 : 0;
        }
        assertThat(late).isBetween(MANY * 9 / 100, MANY * 11 / 100);
    }

    @Test
    void mixesRequestsUsageCorrectionsCurrenciesAndLargeAmounts() {
        List<MadeEvent> events = events(settings(1, Skew.UNIFORM));
        assertThat(events.stream().filter(event -> event.kind() == EventKind.USAGE))
                .hasSizeBetween(MANY / 5, MANY * 3 / 10);
        assertThat(events.stream().map(event -> event.fields().getOrDefault("currency", "")))
                .contains("USD", "EUR", "GBP", "");
        assertThat(events.stream().filter(event -> decimal(event, "credits").signum() < 0))
                .hasSizeBetween(MANY / 200, MANY / 50);
        assertThat(events.stream().map(event -> decimal(event, "cost").scale())).allMatch(scale -> scale <= 9);
        assertThat(events.stream().filter(event -> decimal(event, "credits").precision() > 12))
                .isNotEmpty();
    }

    private static BigDecimal decimal(MadeEvent event, String field) {
        return (BigDecimal) event.fields().getOrDefault(field, BigDecimal.ZERO);
    }

    @Test
    void isSharedOutEvenlyOrByZipfsLaw() {
        long[] even = perCustomer(Skew.UNIFORM);
        assertThat(even[0]).isBetween(MANY / 140L, MANY / 70L);
        assertThat(even[99]).isBetween(MANY / 140L, MANY / 70L);
        long[] skewed = perCustomer(Skew.ZIPF);
        assertThat((double) skewed[0] / skewed[1]).isBetween(1.7, 2.3);
        assertThat((double) skewed[0] / skewed[9]).isBetween(8.0, 12.5);
        assertThat(skewed[99]).isPositive();
    }

    private static long[] perCustomer(Skew skew) {
        LoadSettings settings = settings(3, skew);
        var counts = new HashMap<Object, Long>();
        events(settings)
                .forEach(event -> counts.merge(event.fields().getOrDefault("external_customer_id", ""), 1L, Long::sum));
        return LongStream.rangeClosed(1, 100)
                .map(number -> counts.getOrDefault(String.format("%s%03d", settings.prefix(), number), 0L))
                .toArray();
    }

    @Test
    void anotherLoadHasOtherCustomersUnlessAPrefixIsGiven() {
        LoadSettings one = settings(7, Skew.ZIPF);
        assertThat(settings(7, Skew.UNIFORM).prefix()).isNotEqualTo(one.prefix());
        var own = new LoadSettings(
                7, MANY, 100, 0, 0, one.lateBy(), one.spread(), Skew.ZIPF, one.meters(), UNTIL, Optional.of("mine-"));
        assertThat(own.prefix()).isEqualTo("mine-");
        assertThat(own.name()).isNotEqualTo(one.name());
    }

    @Test
    void aMeterIsNamedOrOneOfSoMany() {
        assertThat(MeterNames.parse("2")).contains(List.of("storage_gb", "seats"));
        assertThat(MeterNames.parse("0")).contains(List.of());
        assertThat(MeterNames.parse("12").orElseThrow()).hasSize(12).contains("meter_12");
        assertThat(MeterNames.parse("a.b,c")).contains(List.of("a.b", "c"));
        for (String wrong : new String[] {"", "a,", "a b", "a,a", "1001"}) {
            assertThat(MeterNames.parse(wrong)).as(wrong).isEmpty();
        }
    }
}
