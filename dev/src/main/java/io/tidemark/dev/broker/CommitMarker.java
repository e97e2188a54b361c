package io.tidemark.dev.broker;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import kafka.server.KafkaConfig;
import kafka.server.NetworkUtils;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest.TxnMarkerEntry;
import org.apache.kafka.common.requests.WriteTxnMarkersResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;

/** Writes the marker a coordinator owes to a partition of a committed transaction. Kafka's Admin can only abort. */
final class CommitMarker {
    private static final int WAIT_MILLIS = 10_000;

    private CommitMarker() {}

    /** Returns when it is written. */
    static void write(
            KafkaConfig config,
            Node broker,
            TopicPartition partition,
            TransactionMetadata decision,
            int coordinatorEpoch)
            throws IOException {
        var marker = new TxnMarkerEntry(
                decision.producerId(),
                decision.producerEpoch(),
                coordinatorEpoch,
                TransactionResult.COMMIT,
                List.of(partition),
                decision.clientTransactionVersion().featureLevel());
        try (var metrics = new Metrics();
                var client =
                        NetworkUtils.buildNetworkClient("markers", config, metrics, Time.SYSTEM, new LogContext())) {
            var errors = send(client, broker, marker).errorsByProducerId();
            var inPartition = Objects.requireNonNull(errors.get(decision.producerId()), "an answer");
            Objects.requireNonNull(inPartition.get(partition), "an answer").maybeThrow();
        }
    }

    private static WriteTxnMarkersResponse send(KafkaClient client, Node broker, TxnMarkerEntry marker)
            throws IOException {
        if (!NetworkClientUtils.awaitReady(client, broker, Time.SYSTEM, WAIT_MILLIS)) {
            throw new IOException("no connection to " + broker);
        }
        var request = client.newClientRequest(
                broker.idString(),
                new WriteTxnMarkersRequest.Builder(List.of(marker)),
                Time.SYSTEM.milliseconds(),
                true,
                WAIT_MILLIS,
                null);
        return (WriteTxnMarkersResponse)
                NetworkClientUtils.sendAndReceive(client, request, Time.SYSTEM).responseBody();
    }
}
