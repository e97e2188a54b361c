package io.tidemark.dev.broker;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.controller.Controller;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.loader.MetadataLoader;
import org.apache.kafka.image.publisher.MetadataPublisher;

/**
 * Takes a broker that was killed out of the metadata, before its successor starts.
 *
 * <p>Left there, it still leads every partition until its session has expired, in its successor's eyes too: that one loads
 * the transactions, and is about to write the markers of those that were decided, when all partitions lose their leader.
 * Kafka 4.3.1 takes a partition without a leader for a deleted one (KAFKA-20734): it skips the marker, and notes the
 * transaction as complete. A broker that starts without leading anything gets all partitions at once, and skips none.
 */
final class KilledBroker implements MetadataPublisher {
    private static final long WAIT_SECONDS = 60;
    private static final long RETRY_MILLIS = 50;

    private final CompletableFuture<MetadataImage> looked = new CompletableFuture<>();
    private final CompletableFuture<MetadataImage> gone = new CompletableFuture<>();

    private KilledBroker() {}

    /** Returns when what the loader publishes has no broker, or one that was stopped. */
    static void forget(MetadataLoader loader, Controller controller) {
        var killed = new KilledBroker();
        try {
            loader.installPublishers(List.of(killed)).get();
            killed.looked.get(WAIT_SECONDS, TimeUnit.SECONDS);
            killed.unregister(controller);
            loader.removeAndClosePublisher(killed).get();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The broker that was killed is still in the metadata.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the broker started.", e);
        }
    }

    /** The controller may not be one yet: it becomes one of itself, there is no other. */
    private void unregister(Controller controller) throws ExecutionException, InterruptedException, TimeoutException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!gone.isDone()) {
            var nobody = new ControllerRequestContext(
                    new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
            try {
                controller.unregisterBroker(nobody, BrokerSettings.NODE).get();
            } catch (ExecutionException e) {
                throwUnlessPassing(e);
            }
            awaitGone(until);
        }
    }

    private static void throwUnlessPassing(ExecutionException e) throws ExecutionException {
        boolean passing = e.getCause() instanceof NotControllerException
                || e.getCause() instanceof BrokerIdNotRegisteredException;
        if (!passing) {
            throw e;
        }
    }

    private void awaitGone(long until) throws ExecutionException, InterruptedException, TimeoutException {
        try {
            gone.get(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (System.nanoTime() > until) {
                throw e;
            }
        }
    }

    @Override
    public String name() {
        return "KilledBroker";
    }

    @Override
    public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
        var broker = image.cluster().broker(BrokerSettings.NODE);
        if (broker == null || broker.fenced()) {
            gone.complete(image);
        }
        looked.complete(image);
    }

    @Override
    public void close() {
        gone.cancel(false);
    }
}
