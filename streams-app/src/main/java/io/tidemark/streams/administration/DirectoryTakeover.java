package io.tidemark.streams.administration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.schemas.Topic;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.StartRefused;
import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.CommandRecord;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.CustomerRecord;
import io.tidemark.streams.directory.DirectoryStore;
import io.tidemark.streams.tables.TopicTable;
import io.tidemark.streams.tables.TopicWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a deployment that begins anew takes over: the customers there are.
 *
 * <p>Its directory is empty, and {@code customer-commands} goes back some days only. Read from there, old customers would be
 * met as new ones, get other UUIDs, and lose what was said of them. So all that {@code customers} has is sent to the
 * directory first, and it begins to listen where the commands ended before that. Started twice at once, both send the same.
 */
public final class DirectoryTakeover {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryTakeover.class);
    private static final Duration UNTIL_READ = Duration.ofMinutes(5);
    private static final Duration UNTIL_SETTLED = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Admin admin;
    private final MeteringSettings settings;
    private final Topics topics;

    public DirectoryTakeover(Admin admin, MeteringSettings settings) {
        this.admin = admin;
        this.settings = settings;
        this.topics = Topics.withPrefix(settings.topicPrefix());
    }

    /** Does nothing where this deployment has a directory, or where there are no customers. */
    public void ifNew() {
        if (hasBegun()) {
            return;
        }
        awaitTheLastTransaction();
        Map<TopicPartition, OffsetAndMetadata> ends = ends();
        Map<String, Customer> customers = customers();
        if (!customers.isEmpty()) {
            LOG.info("a new deployment takes customers over count={}", customers.size());
            send(customers);
            beginAt(ends);
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> ends() {
        var ends = new HashMap<TopicPartition, OffsetAndMetadata>();
        ends(topics.customerCommands(), IsolationLevel.READ_UNCOMMITTED)
                .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end)));
        return ends;
    }

    /** The group's offsets may have expired; the directory's changelog is there for good. */
    private boolean hasBegun() {
        String changelog = settings.applicationId() + "-" + DirectoryStore.NAME + "-changelog";
        var described =
                admin.describeTopics(List.of(changelog)).topicNameValues().get(changelog);
        return described != null
                && Asked.unless(UnknownTopicOrPartitionException.class, described)
                        .isPresent();
    }

    /** What a deployment that was killed was about to write is committed, or taken back, within its transaction's time. */
    private void awaitTheLastTransaction() {
        long end = System.nanoTime() + UNTIL_SETTLED.toNanos();
        while (!ends(topics.customers(), IsolationLevel.READ_COMMITTED)
                .equals(ends(topics.customers(), IsolationLevel.READ_UNCOMMITTED))) {
            if (System.nanoTime() > end) {
                throw new StartRefused(
                        List.of(
                                "a transaction is open on " + topics.customers().name()
                                        + ": another deployment runs on these topics, or was killed; stop it, and start again"));
            }
            try {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    private Map<TopicPartition, Long> ends(Topic topic, IsolationLevel isolation) {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        for (int i = 0; i < topic.partitions(settings.partitions()); i++) {
            asked.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
        }
        var ends = new HashMap<TopicPartition, Long>();
        Asked.of(admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private Map<String, Customer> customers() {
        var latest = new LinkedHashMap<String, Customer>();
        var records = new CustomerRecord();
        try (var table = TopicTable.of(settings, topics.customers().name(), row -> take(row, records, latest))) {
            if (!table.awaitCaughtUp(UNTIL_READ)) {
                throw new StartRefused(List.of("the customers that are there could not be read in " + UNTIL_READ));
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        return latest;
    }

    private static void take(ConsumerRecord<byte[], byte[]> row, CustomerRecord records, Map<String, Customer> latest) {
        String key = new String(row.key(), UTF_8);
        if (row.value() == null) {
            latest.remove(key);
        } else {
            records.decode(row.value(), row.headers()).ifPresent(customer -> latest.put(key, customer));
        }
    }

    private void send(Map<String, Customer> customers) {
        try (var producer = TopicWriter.of(settings, "takeover")) {
            var sent = customers.values().stream()
                    .map(customer -> producer.send(new ProducerRecord<>(
                            topics.customerCommands().name(),
                            customer.tenant().getBytes(UTF_8),
                            CommandRecord.encode(new Command.Restore(customer)))))
                    .toList();
            producer.flush();
            for (var one : sent) {
                one.get();
            }
        } catch (java.util.concurrent.ExecutionException e) {
            throw new StartRefused(List.of("the customers that are there could not be taken over: " + e.getCause()));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void beginAt(Map<TopicPartition, OffsetAndMetadata> ends) {
        try {
            Asked.of(admin.alterConsumerGroupOffsets(settings.applicationId(), ends)
                    .all());
        } catch (GroupNotEmptyException | UnknownMemberIdException begun) {
            LOG.info("another instance of this deployment took the customers over at the same time");
        }
    }
}
