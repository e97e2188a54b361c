package io.tidemark.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class TopicsTest {
    private static final Topics TOPICS = Topics.withPrefix("tm-");

    @Test
    void areAllUnderThePrefix() {
        assertThat(TOPICS.all())
                .extracting(Topic::name)
                .containsExactly(
                        "tm-requests",
                        "tm-usage",
                        "tm-rekey",
                        "tm-customer-commands",
                        "tm-customer-results",
                        "tm-customers",
                        "tm-usage-feed",
                        "tm-rejected-events",
                        "tm-event-fates",
                        "tm-api-keys",
                        "tm-tenants");
        assertThat(Topics.withPrefix("").requests().name()).isEqualTo("requests");
        assertThat(TOPICS.usage().subject()).isEqualTo("tm-usage-value");
    }

    @Test
    void haveOneNumberOfPartitionsWhereTheyAreKeyedByCustomer() {
        Set<Topic> byCustomer = new HashSet<>(List.of(
                TOPICS.requests(),
                TOPICS.usage(),
                TOPICS.rekey(),
                TOPICS.customers(),
                TOPICS.usageFeed(),
                TOPICS.rejectedEvents()));
        for (Topic topic : TOPICS.all()) {
            assertThat(topic.partitions(48))
                    .as(topic.name())
                    .isEqualTo(byCustomer.contains(topic) ? 48 : topic.partitions(7));
        }
        assertThat(TOPICS.apiKeys().partitions(48)).isEqualTo(1);
        assertThat(TOPICS.tenants().partitions(48)).isEqualTo(1);
    }

    @Test
    void takeTheTimeOfInputsFromTheBroker() {
        for (Topic topic : List.of(TOPICS.requests(), TOPICS.usage())) {
            assertThat(topic.config())
                    .containsEntry("message.timestamp.type", "LogAppendTime")
                    .containsEntry("cleanup.policy", "delete")
                    .containsEntry("retention.ms", Long.toString(400L * 86_400_000));
        }
    }

    @Test
    void takeWhateverWasRefusedAndWhateverIsSentOn() {
        for (Topic topic : List.of(TOPICS.rejectedEvents(), TOPICS.rekey())) {
            long room = Long.parseLong(topic.config().getOrDefault("max.message.bytes", "0"));
            assertThat(room).isGreaterThan(Topics.LARGEST_EVENT).isLessThanOrEqualTo(Topics.largestRequest());
        }
    }

    @Test
    void keepWhatIsLookedUpByKeyForEver() {
        for (Topic topic : List.of(TOPICS.customers(), TOPICS.usageFeed(), TOPICS.apiKeys(), TOPICS.tenants())) {
            assertThat(topic.config()).containsEntry("cleanup.policy", "compact");
        }
    }
}
