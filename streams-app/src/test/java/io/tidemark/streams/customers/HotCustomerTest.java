package io.tidemark.streams.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class HotCustomerTest {
    private static final Series STORAGE = new Series(EventKind.USAGE, "storage", "", "USD");
    private static final Series REQUESTS = new Series(EventKind.REQUEST, "requests", "", "");

    @Test
    void isReadBackAsItWasWritten() {
        var customer = new HotCustomer(7, Long.MAX_VALUE, 0, new TreeSet<>(List.of(STORAGE, REQUESTS)));
        assertThat(HotCustomer.decode(customer.encode())).isEqualTo(customer);
    }

    @Test
    void remembersEverySeriesAndItsFirstAndLastSight() {
        HotCustomer customer =
                HotCustomer.firstSeen(1_000, STORAGE).seen(5_000, REQUESTS).seen(500, STORAGE);
        assertThat(customer.series()).containsExactly(REQUESTS, STORAGE);
        assertThat(customer.firstSeenAt()).isEqualTo(500);
        assertThat(customer.lastSeenAt()).isEqualTo(5_000);
        assertThat(customer.sightedAt()).isZero();
    }

    @Test
    void isWorthWritingDownOnlyForNews() {
        HotCustomer customer = HotCustomer.firstSeen(1_000, STORAGE);
        assertThat(customer.isNews(1_000, STORAGE)).isFalse();
        assertThat(customer.isNews(1_000 + HotCustomer.PRECISION - 1, STORAGE)).isFalse();
        assertThat(customer.isNews(1_000 + HotCustomer.PRECISION, STORAGE)).isTrue();
        assertThat(customer.isNews(999, STORAGE)).isTrue();
        assertThat(customer.isNews(1_000, REQUESTS)).isTrue();
    }

    @Test
    void hasAKeyNobodyElseHas() {
        var keys = new HashSet<Bytes>();
        for (List<String> names :
                List.of(List.of("a", "bc"), List.of("ab", "c"), List.of("a", "b"), List.of("a", "bc "))) {
            assertThat(keys.add(HotCustomer.key(names.get(0), names.get(1)))).isTrue();
        }
    }
}
