package io.tidemark.benchmarks.measuring;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Watches a Kafka Streams application of this process from outside: when it begins, and when all it read is committed. */
public final class Committed implements AutoCloseable {
    private static final long BETWEEN_LOOKS_MILLIS = 20;
    private static final long BETWEEN_FIRST_LOOKS_MILLIS = 5;
    private static final String CONSUMERS =
            "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*,partition=*,topic=";

    /** Is a number from the moment on at which the first records are handed out; totals follow when a whole fetch was. */
    private static final String HANDED_OUT = "records-lead";

    private final Admin admin;
    private final Lane lane;

    public Committed(Lane lane) {
        this.lane = lane;
        admin = Admin.create(Map.<String, Object>of("bootstrap.servers", lane.kafka()));
    }

    /** Runs the stopwatch from the first record of the course to the group's last commit. */
    public void time(String group, Stopwatch stopwatch) throws InterruptedException, ExecutionException {
        while (!hasRead()) {
            Thread.sleep(BETWEEN_FIRST_LOOKS_MILLIS);
        }
        stopwatch.start();
        long all = lane.course().events();
        for (long done = of(group); done < all; done = of(group)) {
            stopwatch.done(done);
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        stopwatch.stop();
    }

    /** Asked of the consumers' own metrics, because the product has no hook for it. */
    private boolean hasRead() {
        var server = ManagementFactory.getPlatformMBeanServer();
        try {
            for (ObjectName name :
                    server.queryNames(new ObjectName(CONSUMERS + lane.course().topic()), null)) {
                // One that is not there yet is not among what comes back.
                for (Attribute lead :
                        server.getAttributes(name, new String[] {HANDED_OUT}).asList()) {
                    if (!Double.isNaN((double) lead.getValue())) {
                        return true;
                    }
                }
            }
            return false;
        } catch (InstanceNotFoundException gone) {
            return false;
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many records of the course's topic a group has committed. */
    public long of(String group) throws InterruptedException, ExecutionException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(one -> one.getKey().topic().equals(lane.course().topic()))
                .mapToLong(one -> one.getValue().offset())
                .sum();
    }

    /** How many records a topic has ever had, markers of transactions among them. */
    public long ends(String topic) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> latest =
                admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                        .flatMap(found -> found.partitions().stream())
                        .collect(Collectors.toMap(
                                one -> new TopicPartition(topic, one.partition()), one -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().values().stream()
                .mapToLong(one -> one.offset())
                .sum();
    }

    /** What lies in the changelogs of an application, in bytes as they are on the broker's disk. */
    public long changelogBytes(String application) throws InterruptedException, ExecutionException {
        return admin
                .describeLogDirs(admin.describeCluster().nodes().get().stream()
                        .map(node -> node.id())
                        .toList())
                .allDescriptions()
                .get()
                .values()
                .stream()
                .flatMap(directories -> directories.values().stream())
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(one -> one.getKey().topic().startsWith(application + "-")
                        && one.getKey().topic().endsWith("-changelog"))
                .mapToLong(one -> one.getValue().size())
                .sum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
