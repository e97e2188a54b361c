package io.tidemark.streams.recovery;

import io.tidemark.streams.administration.Asked;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link OpenTransactions} by Kafka's admin client. */
final class KafkaTransactions implements OpenTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaTransactions.class);
    private static final int PATIENCE_MILLIS = 3_000;

    private final Admin admin;
    private final String group;

    KafkaTransactions(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** Each broker knows of those it coordinates; one that is away must not keep what others say from us. */
    @Override
    public Map<String, Long> open(Duration atLeast) {
        var asking = new ListTransactionsOptions()
                .filterStates(Set.of(TransactionState.ONGOING))
                .filterOnDuration(atLeast.toMillis());
        asking.timeoutMs(PATIENCE_MILLIS);
        var open = new HashMap<String, Long>();
        for (KafkaFuture<Collection<TransactionListing>> broker :
                Asked.of(admin.listTransactions(asking).byBrokerId()).values()) {
            try {
                Asked.of(broker).forEach(one -> open.put(one.transactionalId(), one.producerId()));
            } catch (ApiException away) {
                LOG.debug("a broker does not say what is open because={}", away.toString());
            }
        }
        return open;
    }

    @Override
    public Collection<String> members() {
        var asking = new DescribeConsumerGroupsOptions().timeoutMs(PATIENCE_MILLIS);
        try {
            var described = admin.describeConsumerGroups(List.of(group), asking).describedGroups();
            return Asked.of(Objects.requireNonNull(described.get(group))).members().stream()
                    .map(MemberDescription::clientId)
                    .toList();
        } catch (GroupIdNotFoundException nobody) {
            return List.of();
        }
    }

    /** What is being committed is committed first: only what nobody has decided is taken back. */
    @Override
    public void end(Collection<String> transactionalIds) {
        var asking = new FenceProducersOptions().timeoutMs(PATIENCE_MILLIS);
        admin.fenceProducers(transactionalIds, asking).fencedProducers().forEach((id, ended) -> {
            try {
                Asked.of(ended);
                LOG.warn("ended a transaction that its instance left open id={}", id);
            } catch (ApiException notYet) {
                LOG.warn(
                        "could not end a transaction that its instance left open id={} because={}",
                        id,
                        notYet.toString());
            }
        });
    }
}
