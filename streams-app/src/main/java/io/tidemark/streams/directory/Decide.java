package io.tidemark.streams.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.Headers;
import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.commits.Pace;
import io.tidemark.streams.hot.BeforeCommit;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides the commands of its tenants one after the other. What it writes, announces and answers is one transaction: whoever
 * reads committed records sees all of it or nothing.
 */
public final class Decide implements Processor<byte[], byte[], byte[], byte[]> {
    /** How long a command that was done is known, and answered the same when it comes again. */
    static final Duration COMMANDS_KNOWN_FOR = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(Decide.class);
    private static final Duration ANNOUNCE_EVERY = Duration.ofMillis(100);
    private static final Duration FORGET_EVERY = Duration.ofSeconds(1);
    private static final Duration CLOCK_MAY_STEP_BACK = Duration.ofHours(1);
    private static final int MOST_AT_ONCE = 1_000;
    private static final String BEFORE_COMMIT = "directory-before-commit";

    private final Uuid topic;
    private final int partitions;
    private final Supplier<OptionalInt> schemaId;
    private final String customers;
    private final String results;
    private final Pace pace;
    private final boolean atCommit;
    private final CustomerRecord records = new CustomerRecord();
    private ProcessorContext<byte[], byte[]> context;
    private DirectoryStore store;
    private Registrar registrar;
    private @Nullable Cancellable announcing;
    private long handled;
    /** The offset that is written down. */
    private long written;

    private long forgottenBefore;

    /**
     * @param topic the id of {@code customer-commands}: of a topic made again, all is new
     * @param partitions how many {@code customers} has, and every topic with customers in its keys
     * @param schemaId of the records of {@code customers} in the registry; empty while the registry did not say
     * @param customers the sink of changed customers
     * @param results the sink of results
     * @param form how pages are had: where they are written at commits, so is how far this is
     */
    public Decide(
            Uuid topic,
            int partitions,
            Supplier<OptionalInt> schemaId,
            String customers,
            String results,
            Pace pace,
            PageCache.Form form) {
        this.topic = topic;
        this.partitions = partitions;
        this.schemaId = schemaId;
        this.customers = customers;
        this.results = results;
        this.pace = pace;
        atCommit = form == PageCache.Form.DECODED;
    }

    /** The stores that are needed, pages being had in that form. */
    public static StoreBuilder<?>[] stores(PageCache.Form form) {
        return form == PageCache.Form.DECODED
                ? new StoreBuilder<?>[] {DirectoryStore.builder(), BeforeCommit.builder(BEFORE_COMMIT)}
                : new StoreBuilder<?>[] {DirectoryStore.builder()};
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> taskContext) {
        context = taskContext;
        KeyValueStore<Bytes, byte[]> stored = taskContext.getStateStore(DirectoryStore.NAME);
        store = new DirectoryStore(stored);
        registrar = new Registrar(
                store, (tenant, externalId) -> Pseudonym.of(tenant, externalId, partitions, UUID::randomUUID));
        handled = store.handled(topic);
        written = handled;
        if (atCommit) {
            BeforeCommit commit = taskContext.getStateStore(BEFORE_COMMIT);
            commit.run(this::writeHandled);
        }
        // Kafka Streams may begin anew with the same processor, on a store that was set back.
        announcing = null;
        forgottenBefore = 0;
        announceWhatWaits();
        pace.keep(taskContext);
        taskContext.schedule(FORGET_EVERY, PunctuationType.WALL_CLOCK_TIME, this::forgetSome);
    }

    /** Commands read again, after the group's offsets were lost, would undo what was changed since. */
    @Override
    public void process(Record<byte[], byte[]> record) {
        long offset = context.recordMetadata().orElseThrow().offset();
        if (offset > handled) {
            handle(record, offset);
            handled = offset;
            if (!atCommit) {
                writeHandled();
            }
        }
    }

    /** Of the same transaction as what it speaks of. */
    private void writeHandled() {
        if (handled != written) {
            store.handled(topic, handled);
            written = handled;
        }
    }

    private void handle(Record<byte[], byte[]> record, long offset) {
        Optional<Command> command = CommandRecord.decode(record.value());
        if (command.isEmpty()) {
            LOG.error(
                    "a record of customer-commands is no command and was skipped partition={} offset={}",
                    context.taskId().partition(),
                    offset);
        } else if (command.get() instanceof Command.Awaited awaited) {
            answer(awaited, record.timestamp());
        } else {
            decide(command.get(), record.timestamp());
        }
    }

    private void answer(Command.Awaited command, long timestamp) {
        byte[] result = store.done()
                .of(command.tenant(), command.commandId())
                .map(done -> again(command, done))
                .orElseGet(() -> done(command, timestamp));
        byte[] key = command.commandId().toString().getBytes(UTF_8);
        context.forward(new Record<>(key, result, timestamp), results);
        pace.handled(context, timestamp);
    }

    private static byte[] again(Command.Awaited command, DoneCommands.Done done) {
        return done.content() == command.content()
                ? done.result()
                : new ResultRecord(command.commandId(), new Outcome.Reused()).encode();
    }

    private byte[] done(Command.Awaited command, long timestamp) {
        Outcome outcome = decide(command, timestamp);
        byte[] result = new ResultRecord(command.commandId(), outcome).encode();
        store.done()
                .put(
                        command,
                        context.currentSystemTimeMs(),
                        result,
                        outcome.told().map(Customer::id));
        return result;
    }

    private Outcome decide(Command command, long timestamp) {
        Registrar.Decision decision = registrar.decide(command, Instant.ofEpochMilli(context.currentSystemTimeMs()));
        decision.was().ifPresent(was -> forwardGone(was, decision.changed().orElseThrow(), timestamp));
        decision.changed().ifPresent(customer -> announce(customer, timestamp));
        return decision.outcome();
    }

    /** A registry that is away holds nobody up: the change is made, and told when its schema has a number. */
    private void announce(Customer customer, long timestamp) {
        OptionalInt schema = schemaId.get();
        if (schema.isPresent()) {
            forward(customer, schema.getAsInt(), timestamp);
        } else {
            store.unannounced(customer);
            announceWhatWaits();
        }
    }

    private void forward(Customer customer, int schema, long timestamp) {
        var headers = new RecordHeaders();
        byte[] value = records.encode(customer, schema, headers);
        byte[] key = new EventKey(customer.tenant(), customer.externalId()).bytes();
        context.forward(new Record<>(key, value, timestamp, headers), customers);
    }

    /** Before its new record, so that whoever has that has moved all that was its. Nothing but a key: it needs no schema. */
    private void forwardGone(String was, Customer customer, long timestamp) {
        var headers = new RecordHeaders();
        headers.add(Headers.ERASED_AS, customer.externalId().getBytes(UTF_8));
        byte[] key = new EventKey(customer.tenant(), was).bytes();
        context.forward(new Record<>(key, null, timestamp, headers), customers);
    }

    /** Each punctuation makes Kafka Streams process fewer records at once: there is none while nothing waits. */
    private void announceWhatWaits() {
        if (announcing == null) {
            announcing = context.schedule(ANNOUNCE_EVERY, PunctuationType.WALL_CLOCK_TIME, this::announceMore);
        }
    }

    private void announceMore(long now) {
        OptionalInt schema = schemaId.get();
        if (schema.isPresent()) {
            var waiting = store.unannounced(MOST_AT_ONCE);
            for (Customer customer : waiting) {
                forward(customer, schema.getAsInt(), now);
                store.announced(customer);
            }
            if (waiting.size() < MOST_AT_ONCE) {
                Objects.requireNonNull(announcing).cancel();
                announcing = null;
            }
        }
    }

    private void forgetSome(long now) {
        long before = now - COMMANDS_KNOWN_FOR.toMillis();
        if (!store.done().forget(before, forgottenBefore, MOST_AT_ONCE)) {
            forgottenBefore = Math.max(forgottenBefore, before - CLOCK_MAY_STEP_BACK.toMillis());
        }
    }
}
