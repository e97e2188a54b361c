package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.reading.HeldUsage.CustomerQuestion;
import io.tidemark.streams.reading.HeldUsage.PartQuestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadPoolTest {
    /** As many reads of one customer as may be wanted at once. */
    private static final int MOST = 256;

    private static final int CORES = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final Period PERIOD = new Period(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
    private static final PartQuestion OF_ALL = new PartQuestion(
            "acme",
            PERIOD,
            new ByCustomerQuery(
                    Optional.empty(), true, Optional.empty(), Optional.empty(), false, 10, Optional.empty(), false),
            Set.of(0),
            Wait.NOT);

    private final ReadPool pool = new ReadPool();
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicReference<Thread> reader = new AtomicReference<>();

    private final HeldUsage usage = pool.reading(new HeldUsage() {
        @Override
        public Answer<CustomerUsage> ofCustomer(CustomerQuestion question) {
            reader.set(Thread.currentThread());
            if (question.externalId().equals("slow")) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                awaitEnd();
                now.decrementAndGet();
            }
            return new Answer.NotFound<>();
        }

        @Override
        public Answer<UsageByCustomer> byCustomer(PartQuestion question) {
            reader.set(Thread.currentThread());
            return new Answer.NotFound<>();
        }
    });

    @AfterEach
    void close() {
        mayEnd.countDown();
        pool.close();
    }

    @Test
    void whoAsksForOneCustomerReads() {
        usage.ofCustomer(question("c", false));
        assertThat(reader).hasValue(Thread.currentThread());
    }

    @Test
    void whatMayTakeLongIsReadByThePool() {
        usage.ofCustomer(question("c", true));
        assertThat(reader).doesNotHaveValue(Thread.currentThread());
        usage.ofCustomer(new CustomerQuestion(
                "acme",
                "c",
                new Period(Instant.EPOCH, Instant.EPOCH.plus(ReadPool.SHORT).plusSeconds(60)),
                false,
                Wait.NOT));
        assertThat(reader).doesNotHaveValue(Thread.currentThread());
        usage.byCustomer(OF_ALL);
        assertThat(reader).doesNotHaveValue(Thread.currentThread());
    }

    @Test
    void readsAsManyAtOnceAsThereAreCoresAndSaysSoWhenTooManyWait() throws Exception {
        var answers = new ArrayList<FutureTask<Answer<CustomerUsage>>>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < MOST; i++) {
            var answer = new FutureTask<>(() -> usage.ofCustomer(question("slow", false)));
            answers.add(answer);
            threads.add(new Thread(answer));
        }
        threads.forEach(Thread::start);
        while (!threads.stream().allMatch(one -> one.getState() == Thread.State.WAITING)) {
            Thread.sleep(5);
        }
        assertThat(usage.ofCustomer(question("c", false)))
                .isInstanceOfSatisfying(
                        Answer.NotReady.class, busy -> assertThat(busy.reason()).isEqualTo(Answer.Reason.BUSY));
        mayEnd.countDown();
        for (FutureTask<Answer<CustomerUsage>> answer : answers) {
            assertThat(answer.get()).isEqualTo(new Answer.NotFound<>());
        }
        assertThat(most).as("at once").hasValue(CORES);
        assertThat(usage.ofCustomer(question("c", false))).isEqualTo(new Answer.NotFound<>());
    }

    private static CustomerQuestion question(String customer, boolean explain) {
        return new CustomerQuestion("acme", customer, PERIOD, explain, Wait.NOT);
    }

    private void awaitEnd() {
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
