package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullMarked
@Timeout(20)
class ManyHandsTest {
    private static final List<Integer> PARTITIONS =
            IntStream.range(0, 12).boxed().toList();

    private static int squareOf(int partition) {
        return partition * partition;
    }

    @Test
    void giveWhatOneWouldInTheSameOrder() {
        List<Integer> squares = PARTITIONS.stream().map(ManyHandsTest::squareOf).toList();
        try (var hands = new ManyHands(3)) {
            assertThat(ManyHands.NONE.each(PARTITIONS, ManyHandsTest::squareOf)).isEqualTo(squares);
            assertThat(hands.each(PARTITIONS, ManyHandsTest::squareOf)).isEqualTo(squares);
            assertThat(hands.each(List.of(), ManyHandsTest::squareOf)).isEmpty();
        }
    }

    @Test
    void workAtTheSameTime() {
        var both = new CountDownLatch(2);
        Set<Thread> who = ConcurrentHashMap.newKeySet();
        try (var hands = new ManyHands(1)) {
            List<Boolean> met = hands.each(List.of(0, 1), partition -> {
                who.add(Thread.currentThread());
                both.countDown();
                return await(both);
            });
            assertThat(met).containsExactly(true, true);
        }
        assertThat(who).hasSize(2).contains(Thread.currentThread());
    }

    /** Else readers would wait for each other. */
    @Test
    void areNotWaitedForWhereTheyAreBusy() throws Exception {
        var busy = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        try (var hands = new ManyHands(1)) {
            var other = new Thread(() -> hands.each(List.of(0, 1), partition -> {
                busy.countDown();
                return await(done);
            }));
            other.start();
            assertThat(await(busy)).isTrue();
            assertThat(hands.each(PARTITIONS, ManyHandsTest::squareOf)).hasSize(12);
            done.countDown();
            other.join();
        }
    }

    @Test
    void failAsOneDoesWhoeverOfThemFailed() {
        try (var hands = new ManyHands(2)) {
            for (int failing : PARTITIONS) {
                assertThatThrownBy(() -> hands.each(PARTITIONS, partition -> {
                            if (partition == failing) {
                                throw new IllegalStateException("of " + failing);
                            }
                            return partition;
                        }))
                        .hasMessage("of " + failing);
            }
            assertThat(hands.each(PARTITIONS, ManyHandsTest::squareOf)).hasSize(12);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
