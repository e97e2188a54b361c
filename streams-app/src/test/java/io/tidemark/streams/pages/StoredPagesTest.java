package io.tidemark.streams.pages;

import static io.tidemark.streams.fixtures.Events.TENANT;
import static io.tidemark.streams.fixtures.Events.amount;
import static io.tidemark.streams.fixtures.Events.request;
import static io.tidemark.streams.fixtures.Events.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsagePages;
import io.tidemark.streams.reading.UsagePages.Name;
import io.tidemark.streams.reading.UsagePages.Page;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class StoredPagesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:34:00Z");
    private static final Period ALL =
            new Period(Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));

    private Machine machine;

    @BeforeEach
    void count(@TempDir Path directory) {
        machine = new Machine(directory, NOW);
        for (int hour = 0; hour < 5; hour++) {
            Instant at = NOW.minus(Duration.ofHours(7L * hour));
            for (String customer : List.of("a", "a ", "ab", "é")) {
                machine.append(
                        usage(customer + hour, customer, at, "2.5")
                                .setCost(amount("1.25"))
                                .setCurrency("USD")
                                .build(),
                        NOW);
                // A quarter hour of one minute has no page of its hour.
                machine.append(
                        usage(customer + hour + "-", customer, at.minusSeconds(60), "2.5")
                                .setCost(amount("1.25"))
                                .setCurrency("USD")
                                .build(),
                        NOW);
                machine.append(
                        request("r" + hour, customer, at).setInputTokens(3).build(), NOW);
                machine.append(
                        request("r" + hour + "-", customer, at.minusSeconds(60))
                                .setInputTokens(3)
                                .build(),
                        NOW);
            }
            machine.append(request("o" + hour, "a", at).setTenantId("other").build(), NOW);
        }
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    private UsagePages ask(
            PageLength length, Period period, Optional<String> customer, Optional<Name> behind, int limit) {
        return machine.pages(new UsagePages.Question(TENANT, length, period, customer, behind, limit));
    }

    private List<Page> all(PageLength length, Optional<String> customer, int limit) {
        var pages = new ArrayList<Page>();
        UsagePages some = ask(length, ALL, customer, Optional.empty(), limit);
        pages.addAll(some.pages());
        while (some.more()) {
            assertThat(some.pages()).hasSize(limit);
            some = ask(
                    length,
                    ALL,
                    customer,
                    Optional.of(pages.get(pages.size() - 1).name()),
                    limit);
            pages.addAll(some.pages());
        }
        return pages;
    }

    @Test
    void tellsEveryPageOnceHoweverManyAreAskedForAtATime() {
        List<Page> pages = all(PageLength.HOUR, Optional.empty(), 1_000);
        assertThat(pages).hasSize(5 * 4 * 2).doesNotHaveDuplicates();
        assertThat(all(PageLength.HOUR, Optional.empty(), 1)).isEqualTo(pages);
        assertThat(all(PageLength.HOUR, Optional.empty(), 7)).isEqualTo(pages);
        assertThat(all(PageLength.MONTH, Optional.empty(), 3)).hasSize(4 * 2);
    }

    @Test
    void tellsThoseOfACustomer() {
        for (PageLength length : PageLength.values()) {
            List<Page> its = all(length, Optional.empty(), 1_000).stream()
                    .filter(page -> page.name().externalId().equals("a"))
                    .toList();
            assertThat(its).isNotEmpty();
            assertThat(all(length, Optional.of("a"), 1_000)).isEqualTo(its);
            assertThat(all(length, Optional.of("a"), 1)).isEqualTo(its);
            assertThat(all(length, Optional.of("nobody"), 1)).isEmpty();
        }
    }

    @Test
    void tellsSlotsInStoredUnits() {
        Page page = all(PageLength.DAY, Optional.of("é"), 1_000).stream()
                .filter(one -> one.name().currency().equals("USD"))
                .reduce((first, last) -> last)
                .orElseThrow();
        assertThat(page.name().from()).isEqualTo(Instant.parse("2026-11-20T00:00:00Z"));
        assertThat(page.slots().get(page.slots().size() - 1).number()).isEqualTo(12 * 4 + 2);
        assertThat(page.slots().get(page.slots().size() - 1).amounts())
                .containsExactly(
                        BigInteger.TWO, new BigInteger("5000000000"), BigInteger.ZERO, new BigInteger("2500000000"));
        assertThat(page.slots().get(page.slots().size() - 1).onlyMinute()).isEmpty();
    }

    @Test
    void tellsWhichMinuteItWasWhereNoShorterPageHasIt() {
        Instant at = Instant.parse("2026-11-05T23:59:30Z");
        machine.append(request("alone", "a", at).setTenantId("lone").build(), NOW);
        Page month = machine.pages(
                        new UsagePages.Question("lone", PageLength.MONTH, ALL, Optional.empty(), Optional.empty(), 9))
                .pages()
                .get(0);
        assertThat(month.slots()).singleElement().satisfies(slot -> {
            assertThat(slot.number()).isEqualTo(4);
            assertThat(slot.onlyMinute()).hasValue(1_439);
        });
        assertThat(machine.pages(new UsagePages.Question(
                                "lone", PageLength.DAY, ALL, Optional.empty(), Optional.empty(), 9))
                        .pages())
                .isEmpty();
    }

    @Test
    void tellsThoseThatLieInThePeriodInPart() {
        var minutes = new Period(NOW.minus(Duration.ofMinutes(1)), NOW.plus(Duration.ofMinutes(1)));
        assertThat(ask(PageLength.HOUR, minutes, Optional.empty(), Optional.empty(), 1_000)
                        .pages())
                .hasSize(4 * 2);
        assertThat(ask(PageLength.MONTH, minutes, Optional.of("a"), Optional.empty(), 1_000)
                        .pages())
                .hasSize(2);
    }

    @Test
    void saysFromWhenOnTheyAreKept() {
        Instant later = NOW.plus(Duration.ofDays(38)).plus(Duration.ofHours(1));
        machine.append(request("late", "a", later).build(), later);
        machine.pass(Duration.ofSeconds(2));
        UsagePages kept = ask(PageLength.HOUR, ALL, Optional.empty(), Optional.empty(), 1_000);
        assertThat(kept.period().from()).isEqualTo(Instant.parse("2026-11-20T00:00:00Z"));
        assertThat(kept.pages()).allMatch(page -> !page.name().from().isBefore(Instant.parse("2026-11-20T00:00:00Z")));
        assertThat(ask(PageLength.DAY, ALL, Optional.empty(), Optional.empty(), 1_000)
                        .period())
                .isEqualTo(ALL);
        var before = new Period(ALL.from(), Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(ask(PageLength.HOUR, before, Optional.empty(), Optional.empty(), 1_000)
                        .pages())
                .isEmpty();
    }

    @Test
    void putsPartsTogetherAsIfTheyWereOne() {
        var reader = new StoredPages(new NoReads(), 2);
        var question = new UsagePages.Question(TENANT, PageLength.HOUR, ALL, Optional.empty(), Optional.empty(), 9);
        List<Page> pages = all(PageLength.HOUR, Optional.empty(), 1_000);
        var even = new ArrayList<Page>();
        var odd = new ArrayList<Page>();
        for (int i = 0; i < 12; i++) {
            (i % 2 == 0 ? even : odd).add(pages.get(i));
        }
        UsagePages merged =
                reader.merge(question, List.of(new UsagePages(ALL, odd, true, 2), new UsagePages(ALL, even, false, 2)));
        assertThat(merged.pages()).isEqualTo(pages.subList(0, 9));
        assertThat(merged.more()).isTrue();
        UsagePages shorter = reader.merge(
                question,
                List.of(new UsagePages(ALL, odd.subList(0, 2), true, 2), new UsagePages(ALL, even, false, 2)));
        assertThat(shorter.pages()).as("up to where the first tells all").isEqualTo(pages.subList(0, 4));
        assertThat(shorter.more()).isTrue();
    }

    private static final class NoReads implements HotReads {
        @Override
        public List<byte @Nullable []> get(int partition, List<Bytes> keys) {
            throw new IllegalStateException();
        }

        @Override
        public List<Integer> partitions() {
            return List.of();
        }

        @Override
        public long stay(int partition) {
            return 0;
        }

        @Override
        public void scan(int partition, Bytes from, Bytes to, BiConsumer<byte[], byte[]> entry) {
            throw new IllegalStateException();
        }

        @Override
        public void scanWhile(int partition, Bytes from, Bytes to, BiPredicate<byte[], byte[]> entry) {
            throw new IllegalStateException();
        }
    }
}
