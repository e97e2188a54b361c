package io.tidemark.streams.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.hot.BytesOut;
import java.util.HashSet;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class HotCustomerTest {
    @Test
    void isReadBackAsItWasWritten() {
        var customer = new HotCustomer(7, Long.MAX_VALUE, 0, 9);
        assertThat(HotCustomer.decode(customer.encode())).isEqualTo(customer);
    }

    @Test
    void isReadInTheLayoutBefore() {
        byte[] stored = new BytesOut()
                .raw((byte) 1)
                .number(0)
                .number(1_000)
                .number(5_000)
                .toBytes();
        assertThat(HotCustomer.decode(stored)).isEqualTo(new HotCustomer(0, 1_000, 5_000, 0));
    }

    @Test
    void remembersItsFirstAndLastSight() {
        HotCustomer customer = HotCustomer.unseen(1_000).sighted(5_000).firstSeenAt(500);
        assertThat(customer.firstSeenAt()).isEqualTo(500);
        assertThat(customer.lastSeenAt()).isEqualTo(5_000);
    }

    @Test
    void isSightedWhenNewAndOnceAnHour() {
        assertThat(HotCustomer.unseen(1_000).mustBeSighted(1_000)).isTrue();
        HotCustomer customer = HotCustomer.unseen(1_000).sighted(1_000);
        assertThat(customer.mustBeSighted(1_000)).isFalse();
        assertThat(customer.mustBeSighted(999)).isFalse();
        assertThat(customer.mustBeSighted(1_000 + HotCustomer.PRECISION - 1)).isFalse();
        assertThat(customer.mustBeSighted(1_000 + HotCustomer.PRECISION)).isTrue();
    }

    @Test
    void isSightedByTheFirstEventAfterItsDeletion() {
        HotCustomer deleted = HotCustomer.unseen(1_000).sighted(1_000).deletedAt(2_000);
        assertThat(deleted.mustBeSighted(1_999)).isFalse();
        assertThat(deleted.mustBeSighted(2_000)).isTrue();
        assertThat(deleted.sighted(2_000).mustBeSighted(2_001)).isFalse();
        assertThat(deleted.sighted(1_500).mustBeSighted(2_000)).isTrue();
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
