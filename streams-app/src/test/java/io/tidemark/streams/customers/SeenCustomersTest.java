package io.tidemark.streams.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import org.junit.jupiter.api.Test;

final class SeenCustomersTest {
    private static final int MOST = 10_000;

    private final SeenCustomers customers = new SeenCustomers();

    private void see(int number) {
        customers.add("acme", "customer_" + number, new SeenCustomers.Seen(HotCustomer.unseen(number)));
    }

    @Test
    void letsGoOfWhoWasNotSeenForLong() {
        for (int number = 0; number < 3 * MOST; number++) {
            see(number);
            assertThat(customers.find("acme", "customer_0"))
                    .as("seen all the time, at %d", number)
                    .isNotNull();
        }
        assertThat(customers.find("acme", "customer_1")).isNull();
        assertThat(customers.find("acme", "customer_" + (3 * MOST - 1))).isNotNull();
    }

    @Test
    void knowsOneTenantsCustomerFromAnothers() {
        see(1);
        assertThat(customers.find("globex", "customer_1")).isNull();
    }

    @Test
    void forgets() {
        see(1);
        see(2);
        customers.forget("acme", "customer_1");
        assertThat(customers.find("acme", "customer_1")).isNull();
        customers.forgetAll();
        assertThat(customers.find("acme", "customer_2")).isNull();
    }

    @Test
    void knowsWhenACustomerWasSeenLast() {
        var seen = new SeenCustomers.Seen(HotCustomer.unseen(5));
        seen.at(9);
        seen.at(7);
        assertThat(seen.at()).isEqualTo(9);
    }

    /** Of more series than are kept in memory the store is asked. */
    @Test
    void saysOfASeriesThatItIsNewsUntilItIsNoted() {
        var seen = new SeenCustomers.Seen(HotCustomer.unseen(5));
        assertThat(seen.isNews(series(0))).isTrue();
        assertThat(seen.isNews(series(0))).isFalse();
        for (int number = 1; number < 1_000; number++) {
            assertThat(seen.isNews(series(number))).isTrue();
        }
        assertThat(seen.isNews(series(0))).isFalse();
        assertThat(seen.isNews(series(999))).as("not kept").isTrue();
    }

    @Test
    void knowsThatACustomerOfWhomNothingIsStoredHasNoSeriesEither() {
        var unknown = new SeenCustomers.Seen(HotCustomer.unseen(5));
        assertThat(unknown.hasAll()).as("nobody looked").isFalse();
        var anew = SeenCustomers.Seen.anew(HotCustomer.unseen(5));
        for (int number = 0; number < 64; number++) {
            anew.isNews(series(number));
        }
        assertThat(anew.hasAll()).isTrue();
        assertThat(anew.series()).hasSize(64);
        anew.isNews(series(64));
        assertThat(anew.hasAll()).as("there is no room for more").isFalse();
    }

    private static Series series(int number) {
        return new Series(EventKind.USAGE, "meter_" + number, "", "");
    }
}
