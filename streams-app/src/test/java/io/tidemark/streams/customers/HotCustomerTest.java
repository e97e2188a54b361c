package io.tidemark.streams.customers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class HotCustomerTest {
    @Test
    void isReadBackAsItWasWritten() {
        var customer = new HotCustomer(7, Long.MAX_VALUE, 0);
        assertThat(HotCustomer.decode(customer.encode())).isEqualTo(customer);
    }

    @Test
    void remembersItsFirstAndLastSight() {
        HotCustomer customer = HotCustomer.firstSeen(1_000).seen(5_000).seen(500);
        assertThat(customer.firstSeenAt()).isEqualTo(500);
        assertThat(customer.lastSeenAt()).isEqualTo(5_000);
        assertThat(customer.sightedAt()).isZero();
    }

    @Test
    void isWorthWritingDownOnlyForNews() {
        HotCustomer customer = HotCustomer.firstSeen(1_000);
        assertThat(customer.isNews(1_000)).isFalse();
        assertThat(customer.isNews(1_000 + HotCustomer.PRECISION - 1)).isFalse();
        assertThat(customer.isNews(1_000 + HotCustomer.PRECISION)).isTrue();
        assertThat(customer.isNews(999)).isTrue();
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
