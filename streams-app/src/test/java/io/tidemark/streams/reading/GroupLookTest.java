package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class GroupLookTest {
    private static final String US = "tidemark-0f0c1c4e-1111-4222-8333-0123456789ab-StreamThread-";
    private static final String OTHER = "tidemark-0f0c1c4e-2222-4222-8333-0123456789ab-StreamThread-1-consumer";

    /** Nothing is asked of it here. */
    private final Admin admin = Admin.create(new HashMap<>(java.util.Map.of("bootstrap.servers", "127.0.0.1:1")));

    private final GroupLook look = new GroupLook(admin, "tidemark", "tidemark.requests", US + "1-consumer");

    @Test
    void tellsWhichOfTheMembersOfThisProcessHasWhichPartition() {
        Group group = look.of(described(
                GroupState.STABLE,
                member(
                        "a",
                        US + "1-consumer",
                        "tidemark.requests-0",
                        "tidemark.usage-0",
                        "tidemark.customer-commands-7"),
                member("b", US + "2-consumer", "tidemark.requests-3"),
                member("c", OTHER, "tidemark.requests-1")));
        assertThat(group.isStable()).isTrue();
        assertThat(group.present()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(group.ours()).containsOnlyKeys(0, 3).containsEntry(0, "a").containsEntry(3, "b");
        admin.close();
    }

    @Test
    void tellsNobodysPartitionsWhileTheGroupIsPutTogetherAnew() {
        for (GroupState state : Set.of(GroupState.PREPARING_REBALANCE, GroupState.COMPLETING_REBALANCE)) {
            Group group = look.of(described(state, member("a", US + "1-consumer", "tidemark.requests-0")));
            assertThat(group.isStable()).isFalse();
            assertThat(group.ours()).isEmpty();
            assertThat(group.present()).containsExactly("a");
        }
        admin.close();
    }

    private static MemberDescription member(String id, String clientId, String... assigned) {
        Set<TopicPartition> partitions = Arrays.stream(assigned)
                .map(name -> new TopicPartition(
                        name.substring(0, name.lastIndexOf('-')),
                        Integer.parseInt(name.substring(name.lastIndexOf('-') + 1))))
                .collect(Collectors.toSet());
        return new MemberDescription(
                id,
                Optional.empty(),
                Optional.empty(),
                clientId,
                "/127.0.0.1",
                new MemberAssignment(partitions),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ConsumerGroupDescription described(GroupState state, MemberDescription... members) {
        return new ConsumerGroupDescription(
                "tidemark",
                false,
                List.of(members),
                "stream",
                GroupType.CLASSIC,
                state,
                Node.noNode(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }
}
