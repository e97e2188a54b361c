package io.tidemark.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.access.Access;
import io.tidemark.streams.access.AccessTables;
import io.tidemark.streams.accounts.Served;
import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.accounts.StoredTallies;
import io.tidemark.streams.administration.Subjects;
import io.tidemark.streams.administration.TopicSetup;
import io.tidemark.streams.administration.TopicShapes;
import io.tidemark.streams.connecting.Clients;
import io.tidemark.streams.customers.Learned;
import io.tidemark.streams.dedupe.FirstSight;
import io.tidemark.streams.dedupe.SeenIds;
import io.tidemark.streams.directory.CustomerDirectory;
import io.tidemark.streams.directory.DirectoryClient;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.feed.FeedListener;
import io.tidemark.streams.feed.UsageChanges;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.intake.Preview;
import io.tidemark.streams.intake.RegistrySchemas;
import io.tidemark.streams.originals.Originals;
import io.tidemark.streams.pages.Conservation;
import io.tidemark.streams.pages.SeriesReader;
import io.tidemark.streams.pages.StoredPages;
import io.tidemark.streams.pages.StoredParts;
import io.tidemark.streams.pages.StoredUsage;
import io.tidemark.streams.parking.ParkedReads;
import io.tidemark.streams.publishing.EventIntake;
import io.tidemark.streams.publishing.EventRecords;
import io.tidemark.streams.publishing.KafkaEventIntake;
import io.tidemark.streams.reading.AsOf;
import io.tidemark.streams.reading.Awaited;
import io.tidemark.streams.reading.Copies;
import io.tidemark.streams.reading.CopyListener;
import io.tidemark.streams.reading.Counting;
import io.tidemark.streams.reading.Deaths;
import io.tidemark.streams.reading.GroupLook;
import io.tidemark.streams.reading.Health;
import io.tidemark.streams.reading.HeldParts;
import io.tidemark.streams.reading.HeldUsage;
import io.tidemark.streams.reading.Lag;
import io.tidemark.streams.reading.ManyHands;
import io.tidemark.streams.reading.Ownership;
import io.tidemark.streams.reading.PartReaders;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.PatientParts;
import io.tidemark.streams.reading.PatientUsage;
import io.tidemark.streams.reading.ReadPool;
import io.tidemark.streams.reading.Restores;
import io.tidemark.streams.reading.Sampler;
import io.tidemark.streams.reading.StateRoom;
import io.tidemark.streams.reading.StoreReader;
import io.tidemark.streams.reconciliation.Auditor;
import io.tidemark.streams.reconciliation.ReconciliationReader;
import io.tidemark.streams.recovery.TransactionWatch;
import io.tidemark.streams.rejections.CountRejections;
import io.tidemark.streams.rejections.CountedEvents;
import io.tidemark.streams.rejections.ListRejections;
import io.tidemark.streams.rejections.OneRejection;
import io.tidemark.streams.rejections.RejectionCounts;
import io.tidemark.streams.replaying.EventOriginals;
import io.tidemark.streams.replaying.Replays;
import io.tidemark.streams.requestlog.BreakdownReader;
import io.tidemark.streams.requestlog.PageReader;
import io.tidemark.streams.roster.Roster;
import io.tidemark.streams.roster.RosterTable;
import io.tidemark.streams.routing.Holding;
import io.tidemark.streams.routing.PeerAddress;
import io.tidemark.streams.routing.Peers;
import io.tidemark.streams.routing.RoutedParts;
import io.tidemark.streams.routing.RoutedUsage;
import io.tidemark.streams.tracing.TraceReader;
import io.tidemark.streams.tracing.Tracer;
import io.tidemark.streams.tracing.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;

/** One running instance: owns the {@code KafkaStreams}, hands out read models, says how it is. */
public final class MeteringApp implements AutoCloseable {
    private static final Duration UNTIL_LEFT = Duration.ofSeconds(30);

    private final Admin admin;
    private final AccessTables access;
    private final Subjects subjects;
    private final RegistrySchemas schemas;
    private final KafkaStreams streams;
    private final Sampler sampler;
    private final TransactionWatch watch;
    private final TopicShapes shapes;
    private final StateRoom room;
    private final Auditor auditor;
    private volatile boolean hasBeenReady;
    private volatile boolean left;
    private final ReadPool pool;
    private final ManyHands hands;
    private final HeldUsage usage;
    private final PartReaders readers;
    private final HeldParts parts;
    private final HeldHere here;
    private volatile Set<PeerAddress> members = Set.of();
    private final Counting counting;
    private final CountingMetrics metrics;
    private final int partitions;
    private final Extent extent;
    private final DirectoryClient directory;
    private final RosterTable roster;
    private final KafkaEventIntake intake;
    private final Originals originals;
    private final Preview rules;
    private final Duration idsKept;
    private final Replays replays;
    private final FeedListener changes;

    /** What it is made of; nothing runs yet. */
    MeteringApp(
            MeteringSettings settings,
            Optional<PeerAddress> advertised,
            Clock clock,
            Admin admin,
            AccessTables access,
            TopicSetup.Prepared prepared) {
        this.admin = admin;
        this.access = access;
        SourceTopics sources = prepared.sources();
        var topics = Topics.withPrefix(settings.topicPrefix());
        var registry = Clients.registry(settings.connection());
        subjects = new Subjects(registry, topics);
        schemas = new RegistrySchemas(registry, clock);
        subjects.register();
        schemas.prefetch(subjects.ofInputs());

        var served = new Served();
        var rejections = new RejectionCounts();
        var fenced = new LongAdder();
        var asOf = new AsOf();
        Predicate<String> tenantKnown = tenant -> knows(settings, access, tenant);
        var topology = new MeteringTopology(
                settings,
                sources,
                prepared.commands(),
                schemas,
                served,
                asOf,
                rejections,
                fenced,
                subjects::idOf,
                tenantKnown);
        var copies = new Copies(clock, served);
        here = new HeldHere(served, copies);
        String changelog = HotStore.changelog(settings.applicationId());
        Properties config = StreamsSettings.of(settings);
        advertised.ifPresent(address -> config.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address.toString()));
        streams = new KafkaStreams(topology.build(), config, new OwnClients(changelog, copies));
        var restores = new Restores(System::nanoTime);
        var listener = new CopyListener(copies, restores);
        streams.setStandbyUpdateListener(listener);
        streams.setGlobalStateRestoreListener(listener);
        var deaths = new Deaths(clock);
        streams.setUncaughtExceptionHandler(new ThreadReplacement(deaths));

        var lag = new Lag();
        partitions = settings.partitions();
        extent = new Extent(partitions, settings.standbys());
        var ownership = new Ownership(served);
        sampler = new Sampler(
                admin,
                settings.applicationId(),
                sources,
                partitions,
                clock,
                asOf,
                lag,
                copies,
                new GroupLook(admin, settings.applicationId(), topics.requests().name(), clientId()),
                ownership);
        watch = TransactionWatch.of(admin, settings.applicationId());
        var reader = new StoreReader(topology.stores(), served, copies, ownership, asOf);
        var progress = new StoredProgress(reader, sources);
        roster = RosterTable.of(settings);
        pool = new ReadPool();
        hands = new ManyHands(Runtime.getRuntime().availableProcessors() - 1);
        var awaited = new Awaited(progress, new Learned(reader, sources)::upTo);
        intake = new KafkaEventIntake(
                settings,
                new EventRecords(
                        kind -> subjects.idOf(kind == EventKind.REQUEST ? topics.requests() : topics.usage()),
                        settings.time(),
                        tenantKnown,
                        clock));
        originals = new Originals(settings, schemas);
        changes = new FeedListener(settings);
        replays = new Replays(EventOriginals.of(originals), schemas, intake);
        usage = new PatientUsage(
                new StoredUsage(reader, progress, reader::proven, partitions, this::isCustomer, hands),
                pool,
                awaited,
                partitions);
        rules = new Preview(schemas, settings.time(), tenantKnown);
        idsKept = SeenIds.reach(settings.time());
        var tallies = new StoredTallies(reader, progress, sources);
        var log = topology.requestLog();
        CountedEvents counted = (partition, claim) -> topology.seen()
                .find(partition, claim.tenant(), claim.customer(), claim.source(), claim.id())
                .map(FirstSight::at);
        readers = new PartReaders(List.of(
                new SeriesReader(reader),
                new StoredPages(reader, partitions),
                new ReconciliationReader(tallies, progress),
                new PageReader(log),
                new BreakdownReader(log),
                new ListRejections(reader, counted),
                new OneRejection(reader, counted),
                new CountRejections(reader),
                new TraceReader(reader, progress, new ParkedReads(reader, sources::id), topology.seen(), partitions)));
        parts = new PatientParts(new StoredParts(readers, reader, progress, reader::proven, hands), pool, awaited);
        directory = new DirectoryClient(settings, this::held);
        counting = new Counting(
                streams,
                topics.requests().name(),
                served,
                lag,
                clock,
                partitions,
                () -> advertised.flatMap(self -> meant(self, topics.requests().name())),
                deaths,
                restores);
        shapes = new TopicShapes(admin, settings);
        room = StateRoom.of(settings.stateDirectory());
        auditor = new Auditor(
                reader::partitions,
                tallies,
                progress,
                new Conservation(reader, progress, reader::proven, clock, Conservation.PATIENCE),
                clock);
        metrics = new CountingMetrics(
                streams, reader, progress, reader::proven, sources, lag, rejections, fenced, restores);
    }

    /** What the group said last of each instance that others can ask; nothing when Kafka Streams does not run. */
    private Map<PeerAddress, StreamsMetadata> told() {
        try {
            return streams.metadataForAllStreamsClients().stream()
                    .filter(one -> one.port() > 0)
                    .collect(Collectors.toMap(one -> new PeerAddress(one.host(), one.port()), one -> one));
        } catch (StreamsNotStartedException | IllegalStateException notRunning) {
            return Map.of();
        }
    }

    /** The partitions of a topic that the group means an instance to count, when all that moves has moved; empty where it says nothing. */
    private Optional<Set<Integer>> meant(PeerAddress instance, String topic) {
        return Optional.ofNullable(told().get(instance))
                .map(StreamsMetadata::topicPartitions)
                .map(all -> all.stream()
                        .filter(partition -> partition.topic().equals(topic))
                        .map(TopicPartition::partition)
                        .collect(Collectors.toSet()));
    }

    private static boolean knows(MeteringSettings settings, Access access, String tenant) {
        return settings.admitNewTenants() || settings.tenants().contains(tenant) || access.knowsTenant(tenant);
    }

    /** Starts an instance that no other can ask. */
    public static MeteringApp start(MeteringSettings settings, Clock clock) {
        return start(settings, Optional.empty(), clock);
    }

    /**
     * Checks the topics, reads keys and tenants, then starts counting; returns at once. Questions can be answered when {@link #health} is ready.
     *
     * @param advertised where other instances of the deployment can ask this one; empty: nowhere
     * @throws StartRefused when a topic is missing or is not as it must be; lists every fault
     */
    public static MeteringApp start(MeteringSettings settings, Optional<PeerAddress> advertised, Clock clock) {
        return new Starting(settings, advertised, clock).start();
    }

    /** Once, before anything else is asked of it. */
    void begin() {
        watch.endFormer(clientId());
        sampler.start();
        watch.start();
        shapes.start();
        auditor.start();
        streams.start();
    }

    /** Of any of the stream threads' consumers: it names the process. */
    private String clientId() {
        return streams.metadataForLocalThreads().iterator().next().consumerClientId();
    }

    private Optional<String> held(String tenant, String externalId, long version, Duration atMost)
            throws InterruptedException {
        if (!roster().await(tenant, externalId, version, atMost)) {
            return Optional.empty();
        }
        int partition = new EventKey(tenant, externalId).partition(partitions);
        return Optional.of(roster.positionOf(partition).token());
    }

    /** The keys and tenants there are. */
    public Access access() {
        return access;
    }

    /** What this instance alone can say. */
    public HeldUsage held() {
        return usage;
    }

    /** Totals of any customer, whoever holds them: this instance or others. */
    public RoutedUsage usage(Peers peers, Clock clock) {
        return new RoutedUsage(usage, here, peers, partitions, clock);
    }

    /** What this instance alone can say to any other question. */
    public HeldParts heldParts() {
        return parts;
    }

    /** Answers to any other question, whoever holds the partitions it is of. */
    public RoutedParts parts(Peers peers, Clock clock) {
        return new RoutedParts(readers, parts, here, peers, partitions, clock);
    }

    /** What became of any event, out of what {@code parts} say. */
    public Tracer tracer(Parts all) {
        return new Tracing(all, originals, rules, idsKept, partitions);
    }

    /** What this instance can answer of, to be told to others. */
    public Holding holding() {
        return here.holding();
    }

    /** Where the group says that instances can be asked, this one among them; they may be gone, or never have been any. */
    public Set<PeerAddress> members() {
        Map<PeerAddress, StreamsMetadata> told = told();
        if (!told.isEmpty()) {
            members = told.keySet();
        }
        return members;
    }

    public CustomerDirectory directory() {
        return directory;
    }

    public EventIntake intake() {
        return intake;
    }

    /** Whose usage changed, counted by whichever instance. */
    public UsageChanges changes() {
        return changes;
    }

    /** Another try for what was rejected. */
    public Replays replays() {
        return replays;
    }

    public Roster roster() {
        return roster.roster();
    }

    private boolean isCustomer(String tenant, String externalId) {
        return roster().byExternalId(tenant, externalId).isPresent();
    }

    public Health health() {
        return shapes.fault().map(Health::stopped).orElseGet(this::healthOfAll);
    }

    private Health healthOfAll() {
        Health now = counting.health();
        Health read = roster().isCaughtUp() ? now : now.waitingFor("customers are being read");
        Health heard = directory.isListening() ? read : read.waitingFor("results of changes are not heard yet");
        Health roomy = room.shortage().map(heard::waitingFor).orElse(heard);
        Health all = auditor.fault().map(roomy::waitingFor).orElse(roomy);
        hasBeenReady |= all.ready();
        return all.startedBefore(hasBeenReady);
    }

    /** Adds the meters of counting to a registry. */
    public void bindTo(MeterRegistry registry) {
        metrics.bindTo(registry);
        roster.bindTo(registry);
        room.bindTo(registry);
        auditor.bindTo(registry);
        here.bindTo(registry);
        schemas.bindTo(registry);
        extent.bindTo(registry);
    }

    /**
     * Leaves the group, so that nobody waits for this instance's session to end, and counts no more. What is told by others than its stores
     * (customers, keys, writes) goes on until it is closed.
     *
     * @return whether counting ended within the given time
     */
    public boolean leave(Duration atMost) {
        left = true;
        sampler.close();
        return streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(atMost));
    }

    /** Leaves, if it has not yet, and lets go of all else. */
    @Override
    public void close() {
        if (!left) {
            leave(UNTIL_LEFT);
        }
        watch.close();
        shapes.close();
        auditor.close();
        // Each waits a little for its consumer: together.
        var tables = CompletableFuture.allOf(
                CompletableFuture.runAsync(directory::close),
                CompletableFuture.runAsync(intake::close),
                CompletableFuture.runAsync(originals::close),
                CompletableFuture.runAsync(changes::close),
                CompletableFuture.runAsync(roster::close),
                CompletableFuture.runAsync(access::close));
        metrics.close();
        pool.close();
        hands.close();
        schemas.close();
        subjects.close();
        tables.join();
        admin.close(Duration.ofSeconds(1));
    }
}
