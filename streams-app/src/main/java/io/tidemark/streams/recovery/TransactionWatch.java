package io.tidemark.streams.recovery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what dead instances left open. Twice a second it asks the brokers what has been open for a while, which mostly is nothing; only where
 * there is something it asks who is in the group. Every instance does so: two that end the same do no harm, as nobody
 * is left to be fenced.
 */
public final class TransactionWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionWatch.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    /** Longer than nearly every transaction of the living, which commit five times a second. */
    private static final Duration OPEN_FOR = Duration.ofMillis(500);

    private final OpenTransactions transactions;
    private final Orphans orphans;
    private final ScheduledExecutorService watching = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "tidemark-transaction-watch");
        thread.setDaemon(true);
        return thread;
    });
    private boolean reachable = true;

    TransactionWatch(OpenTransactions transactions, String application) {
        this.transactions = transactions;
        orphans = new Orphans(application);
    }

    public static TransactionWatch of(Admin admin, String application) {
        return new TransactionWatch(new KafkaTransactions(admin, application), application);
    }

    /**
     * Ends what this process left open in a former life, before it begins another: killed and started again on the same state
     * directory, it may be given other partitions, and would not come upon them itself.
     *
     * @param clientId of one of its stream threads' consumers, none of which has begun
     */
    public void endFormer(String clientId) {
        try {
            ThreadName.ofMember(orphans.application(), clientId).ifPresent(thread -> {
                List<String> former = orphans.of(
                        thread.process(), transactions.open(Duration.ZERO).keySet());
                if (!former.isEmpty()) {
                    transactions.end(former);
                }
            });
        } catch (RuntimeException e) {
            LOG.warn("could not look for transactions of a former life because={}", e.toString());
        }
    }

    public void start() {
        Future<?> unused = watching.scheduleWithFixedDelay(
                this::lookOrSay, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookOrSay() {
        try {
            look();
            reachable = true;
        } catch (InterruptException closing) {
            LOG.debug("closed in the midst of it");
        } catch (RuntimeException e) {
            if (reachable) {
                LOG.warn("Kafka does not say which transactions are open because={}", e.toString());
            }
            reachable = false;
        }
    }

    void look() {
        Map<String, Long> open = transactions.open(OPEN_FOR);
        if (open.isEmpty()) {
            orphans.none();
            return;
        }
        // Asked for after the transactions: who joined in between is seen, and who left cannot commit any more.
        List<String> left = orphans.among(open, transactions.members());
        if (!left.isEmpty()) {
            transactions.end(left);
        }
    }

    @Override
    public void close() {
        watching.shutdownNow();
    }
}
