package io.tidemark.streams.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What came of commands, for as long as they may come again; part of {@link DirectoryStore}, which has the layout. What is
 * answered says who a customer is, so that it is found by customer as well, and can be taken back.
 */
final class DoneCommands {
    private static final byte DONE = 4;
    private static final byte DONE_AT = 5;
    private static final byte OF_CUSTOMER = 8;
    /** Where no customer was told of, and of builds that did not keep whose it was. */
    private static final byte[] NOBODYS = {1};

    private final KeyValueStore<Bytes, byte[]> store;

    DoneCommands(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** What came of a command that was done before, and the hash of what it was. */
    @SuppressWarnings("ArrayRecordComponent") // passed on as it is; nobody compares two of these
    record Done(long content, byte[] result) {}

    /** A command that was done before. */
    Optional<Done> of(String tenant, UUID commandId) {
        byte[] stored = store.get(doneKey(tenant, commandId));
        if (stored == null) {
            return Optional.empty();
        }
        var in = new BytesIn(stored, Long.BYTES);
        return Optional.of(new Done(in.int64(), in.raw(stored.length - 2 * Long.BYTES)));
    }

    /** @param told the customer that the result tells of */
    void put(Command.Awaited command, long at, byte[] result, Optional<UUID> told) {
        put(command.tenant(), command.commandId(), at, command.content(), result);
        byte[] whose =
                told.map(customer -> id(new BytesOut(), customer).toBytes()).orElse(NOBODYS);
        store.put(doneAtKey(at, command.tenant(), command.commandId()), whose);
        told.ifPresent(customer -> store.put(ofCustomerKey(command.tenant(), customer, command.commandId()), NOBODYS));
    }

    private void put(String tenant, UUID commandId, long at, long content, byte[] result) {
        store.put(
                doneKey(tenant, commandId),
                new BytesOut().int64(at).int64(content).raw(result).toBytes());
    }

    /** From now on, whoever sends one of a customer's commands again is told of it as it is now. */
    void tellOf(Customer customer) {
        for (UUID commandId : of(customer)) {
            byte[] stored = store.get(doneKey(customer.tenant(), commandId));
            if (stored != null) {
                var in = new BytesIn(stored);
                long at = in.int64();
                long content = in.int64();
                byte[] result = ResultRecord.tellingOf(customer, in.raw(stored.length - 2 * Long.BYTES));
                put(customer.tenant(), commandId, at, content, result);
            }
        }
    }

    private List<UUID> of(Customer customer) {
        BytesOut prefix = id(new BytesOut().raw(OF_CUSTOMER).terminated(customer.tenant()), customer.id());
        Bytes from = prefix.toKey();
        int tail = from.get().length;
        Bytes to = prefix.int64(-1).int64(-1).toKey();
        var commands = new ArrayList<UUID>();
        try (KeyValueIterator<Bytes, byte[]> found = store.range(from, to)) {
            found.forEachRemaining(entry -> {
                var in = new BytesIn(entry.key.get(), tail);
                commands.add(new UUID(in.int64(), in.int64()));
            });
        }
        return commands;
    }

    /** Notes, as if it were a command, when a customer was erased; of the external id it keeps a hash, and that for a day. */
    void erased(String tenant, String externalId, Instant at) {
        UUID mark = markOf(externalId);
        put(tenant, mark, at.toEpochMilli(), 0, new byte[0]);
        store.put(doneAtKey(at.toEpochMilli(), tenant, mark), NOBODYS);
    }

    /** When a customer of that external id was erased, if that was today. */
    Optional<Instant> erasedAt(String tenant, String externalId) {
        byte[] stored = store.get(doneKey(tenant, markOf(externalId)));
        return Optional.ofNullable(stored).map(mark -> Instant.ofEpochMilli(new BytesIn(mark).int64()));
    }

    private static UUID markOf(String externalId) {
        return UUID.nameUUIDFromBytes(("erased\0" + externalId).getBytes(UTF_8));
    }

    /** Forgets some of the commands that were done before an instant, the oldest first; says whether some may be left. */
    boolean forget(long doneBefore, long from, int most) {
        var old = new ArrayList<org.apache.kafka.streams.KeyValue<Bytes, byte[]>>();
        Bytes lower = new BytesOut().raw(DONE_AT).int64(from).toKey();
        Bytes upper = new BytesOut().raw(DONE_AT).int64(doneBefore).toKey();
        try (KeyValueIterator<Bytes, byte[]> due = store.range(lower, upper)) {
            while (due.hasNext() && old.size() < most) {
                old.add(due.next());
            }
        }
        old.forEach(entry -> forget(entry.key, entry.value));
        return old.size() == most;
    }

    private void forget(Bytes doneAt, byte[] whose) {
        var in = new BytesIn(doneAt.get(), 1 + Long.BYTES);
        String tenant = in.terminated();
        var commandId = new UUID(in.int64(), in.int64());
        store.delete(doneKey(tenant, commandId));
        if (whose.length > NOBODYS.length) {
            var customer = new BytesIn(whose);
            store.delete(ofCustomerKey(tenant, new UUID(customer.int64(), customer.int64()), commandId));
        }
        store.delete(doneAt);
    }

    private static Bytes doneKey(String tenant, UUID commandId) {
        return id(new BytesOut().raw(DONE).terminated(tenant), commandId).toKey();
    }

    private static Bytes doneAtKey(long at, String tenant, UUID commandId) {
        return id(new BytesOut().raw(DONE_AT).int64(at).terminated(tenant), commandId)
                .toKey();
    }

    private static Bytes ofCustomerKey(String tenant, UUID customer, UUID commandId) {
        return id(id(new BytesOut().raw(OF_CUSTOMER).terminated(tenant), customer), commandId)
                .toKey();
    }

    private static BytesOut id(BytesOut out, UUID id) {
        return out.int64(id.getMostSignificantBits()).int64(id.getLeastSignificantBits());
    }
}
