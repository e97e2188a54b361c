package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.reading.HeldUsage.CustomerQuestion;
import io.tidemark.streams.reading.HeldUsage.PartQuestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadPoolTest {
    /** As many reads of one customer as may go on at once. */
    private static final int MOST = 256;

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
    private final CountDownLatch begun = new CountDownLatch(MOST);
    private final AtomicReference<Thread> reader = new AtomicReference<>();

    private final HeldUsage usage = pool.reading(new HeldUsage() {
        @Override
        public Answer<CustomerUsage> ofCustomer(CustomerQuestion question) {
            reader.set(Thread.currentThread());
            if (question.externalId().equals("slow")) {
                begun.countDown();
                awaitEnd();
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
        usage.byCustomer(OF_ALL);
        assertThat(reader).doesNotHaveValue(Thread.currentThread());
    }

    @Test
    void saysSoWhenTooManyAskAtOnceAndThenNoMore() throws Exception {
        var threads = Executors.newFixedThreadPool(MOST);
        try {
            var answers = new ArrayList<Future<Answer<CustomerUsage>>>();
            for (int i = 0; i < MOST; i++) {
                answers.add(threads.submit(() -> usage.ofCustomer(question("slow", false))));
            }
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(usage.ofCustomer(question("c", false)))
                    .isInstanceOfSatisfying(
                            Answer.NotReady.class,
                            busy -> assertThat(busy.reason()).isEqualTo(Answer.Reason.BUSY));
            mayEnd.countDown();
            for (Future<Answer<CustomerUsage>> answer : answers) {
                assertThat(answer.get()).isEqualTo(new Answer.NotFound<>());
            }
            assertThat(usage.ofCustomer(question("c", false))).isEqualTo(new Answer.NotFound<>());
        } finally {
            threads.shutdownNow();
        }
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
