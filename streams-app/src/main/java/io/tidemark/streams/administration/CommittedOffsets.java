package io.tidemark.streams.administration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Whether the group has not handled more than there is.
 *
 * <p>Where it has, the log was cut or made again behind its back: records appended since would lie at offsets that count
 * as handled, and vanish silently. Group offsets and progress are written in one transaction, so the one says what the
 * other is.
 */
final class CommittedOffsets {
    private final Admin admin;
    private final String group;

    CommittedOffsets(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /**
     * Whether the group reads no topics but these: offsets and changelogs bear the application id alone, so two sets of
     * topics under one would be counted into each other, and instances would take each other's partitions.
     */
    void checkTopics(Set<String> ours, List<String> faults) {
        var others = new TreeSet<String>();
        Asked.unless(
                        GroupIdNotFoundException.class,
                        Objects.requireNonNull(admin.describeConsumerGroups(List.of(group))
                                .describedGroups()
                                .get(group)))
                .ifPresent(found -> found.members()
                        .forEach(member -> member.assignment()
                                .topicPartitions()
                                .forEach(partition -> others.add(partition.topic()))));
        Asked.unless(
                        GroupIdNotFoundException.class,
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .ifPresent(offsets -> offsets.keySet().forEach(partition -> others.add(partition.topic())));
        others.removeAll(ours);
        if (!others.isEmpty()) {
            faults.add("application id " + group + " belongs to other topics (" + others.first()
                    + "): topics of their own need an --application-id of their own");
        }
    }

    void check(List<String> faults) {
        Map<TopicPartition, OffsetAndMetadata> committed = Asked.unless(
                        GroupIdNotFoundException.class,
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .orElse(Map.of());
        var ends = new HashMap<TopicPartition, OffsetSpec>();
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                ends.put(partition, OffsetSpec.latest());
            }
        });
        var asked = admin.listOffsets(ends);
        for (TopicPartition partition : ends.keySet()) {
            OffsetAndMetadata handled = committed.get(partition);
            long next = handled == null ? 0 : handled.offset();
            Asked.unless(UnknownTopicOrPartitionException.class, asked.partitionResult(partition))
                    .filter(end -> next > end.offset())
                    .ifPresent(end -> faults.add(fault(partition, end.offset(), next)));
        }
    }

    private static String fault(TopicPartition partition, long end, long handled) {
        return "partition " + partition + " ends at offset " + end + ", but " + handled
                + " were handled: its log was cut or made again. Start under another --application-id to count what is"
                + " there from the beginning";
    }
}
