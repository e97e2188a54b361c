package io.tidemark.streams.reading;

import io.tidemark.streams.administration.Asked;
import io.tidemark.streams.recovery.ThreadName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Asks Kafka for the {@link Group}. */
public final class GroupLook {
    private final Admin admin;
    private final String group;
    private final String inputTopic;
    private final Optional<String> process;

    /**
     * @param inputTopic one that the counting tasks read, and no others
     * @param clientId of a consumer of one of this process's stream threads
     */
    public GroupLook(Admin admin, String group, String inputTopic, String clientId) {
        this.admin = admin;
        this.group = group;
        this.inputTopic = inputTopic;
        process = ThreadName.ofMember(group, clientId).map(ThreadName::process);
    }

    Group now() {
        var described = admin.describeConsumerGroups(List.of(group)).describedGroups();
        try {
            return of(Asked.of(Objects.requireNonNull(described.get(group))));
        } catch (GroupIdNotFoundException notYet) {
            return new Group(Set.of(), false, Map.of());
        }
    }

    Group of(ConsumerGroupDescription described) {
        var present =
                described.members().stream().map(MemberDescription::consumerId).collect(Collectors.toSet());
        var ours = new HashMap<Integer, String>();
        boolean isStable = described.groupState() == GroupState.STABLE;
        if (isStable) {
            described.members().stream().filter(this::isOurs).forEach(member -> note(member, ours));
        }
        return new Group(present, isStable, ours);
    }

    private boolean isOurs(MemberDescription member) {
        return process.isPresent()
                && ThreadName.ofMember(group, member.clientId())
                        .map(ThreadName::process)
                        .equals(process);
    }

    private void note(MemberDescription member, Map<Integer, String> ours) {
        member.assignment().topicPartitions().stream()
                .filter(assigned -> assigned.topic().equals(inputTopic))
                .forEach(assigned -> ours.put(assigned.partition(), member.consumerId()));
    }
}
