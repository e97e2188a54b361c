package io.tidemark.query.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.FakeAccess;
import io.tidemark.query.HandClock;
import io.tidemark.query.OpenDoor;
import io.tidemark.query.customers.Sample;
import io.tidemark.query.http.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LinksTest {
    private static final int CALLS = 2 * Links.MOST;

    private final FakeAccess access = new FakeAccess();
    private final Links links = new Links(access, new HandClock(OpenDoor.NOW));

    @Test
    void areNoMoreThanSoManyThoughManyAreMadeAtOnce() throws Exception {
        access.takeTime(Duration.ofMillis(5));
        var together = new CyclicBarrier(CALLS);
        var threads = Executors.newFixedThreadPool(CALLS);
        List<Future<Boolean>> made = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            made.add(threads.submit(() -> {
                together.await();
                return isMade();
            }));
        }
        int taken = 0;
        for (Future<Boolean> one : made) {
            taken += one.get() ? 1 : 0;
        }
        threads.shutdown();
        assertThat(taken).isEqualTo(Links.MOST);
        assertThat(links.living(Sample.customer(1))).hasSize(Links.MOST);
    }

    private boolean isMade() {
        try {
            links.make(Sample.customer(1), OpenDoor.NOW, OpenDoor.NOW.plusSeconds(60));
            return true;
        } catch (Refused tooMany) {
            return false;
        }
    }
}
