package io.tidemark.streams;

import io.tidemark.schemas.Topic;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.accounts.Account;
import io.tidemark.streams.accounts.Fence;
import io.tidemark.streams.accounts.Served;
import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.commits.Pace;
import io.tidemark.streams.customers.Learn;
import io.tidemark.streams.customers.Register;
import io.tidemark.streams.dedupe.Dedupe;
import io.tidemark.streams.dedupe.IdsMemory;
import io.tidemark.streams.dedupe.SeenEvents;
import io.tidemark.streams.dedupe.SeenIds;
import io.tidemark.streams.directory.Decide;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fates.TellFate;
import io.tidemark.streams.feed.Announce;
import io.tidemark.streams.feed.TellingTime;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.OpenStores;
import io.tidemark.streams.intake.Judge;
import io.tidemark.streams.intake.WriterSchemas;
import io.tidemark.streams.pages.AddUp;
import io.tidemark.streams.pages.MovePages;
import io.tidemark.streams.pages.PageMemory;
import io.tidemark.streams.placing.Place;
import io.tidemark.streams.reading.AsOf;
import io.tidemark.streams.rejections.ForgetRejections;
import io.tidemark.streams.rejections.Refuse;
import io.tidemark.streams.rejections.RejectionCounts;
import io.tidemark.streams.requestlog.ForgetErased;
import io.tidemark.streams.requestlog.LogRequests;
import io.tidemark.streams.requestlog.LogStore;
import io.tidemark.streams.requestlog.OpenLog;
import io.tidemark.streams.requestlog.Reaches;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** The whole topology, in the order an event meets it. Every record reaches {@code account}: nothing is dropped on the way. */
public final class MeteringTopology {
    private final MeteringSettings settings;
    private final Topics topics;
    private final SourceTopics sources;
    private final Uuid commands;
    private final WriterSchemas schemas;
    private final Served served;
    private final OpenStores open;
    private final OpenStores logs;
    private final Reaches reaches = new Reaches();
    private final SeenEvents seen = new SeenEvents();
    private final Pace pace;
    private final TellingTime telling = new TellingTime(System::nanoTime);
    private final AsOf asOf;
    private final RejectionCounts rejections;
    private final LongAdder fenced;
    private final Function<Topic, OptionalInt> schemaIds;
    private final Predicate<String> tenantKnown;

    /**
     * @param commands the id of {@code customer-commands}
     * @param asOf says up to when everything is handled, so that nothing is forgotten too early
     * @param schemaIds of the values we write to public topics; empty while the registry did not say
     * @param fenced counts the records that were skipped because they had been handled before
     * @param tenantKnown whether events of a tenant are counted; asked for each event
     */
    public MeteringTopology(
            MeteringSettings settings,
            SourceTopics sources,
            Uuid commands,
            WriterSchemas schemas,
            Served served,
            AsOf asOf,
            RejectionCounts rejections,
            LongAdder fenced,
            Function<Topic, OptionalInt> schemaIds,
            Predicate<String> tenantKnown) {
        this.settings = settings;
        this.topics = Topics.withPrefix(settings.topicPrefix());
        this.sources = sources;
        this.commands = commands;
        this.schemas = schemas;
        this.served = served;
        open = new OpenStores(served::opening);
        logs = new OpenStores(partition -> {});
        pace = new Pace(settings.commitInterval());
        this.asOf = asOf;
        this.rejections = rejections;
        this.fenced = fenced;
        this.schemaIds = schemaIds;
        this.tenantKnown = tenantKnown;
    }

    /** The stores of whatever was built, while they are open. */
    public OpenStores stores() {
        return open;
    }

    /** The request log of whatever was built, while it is open. */
    public OpenLog requestLog() {
        return new OpenLog(logs, served, reaches, settings.keep().requests());
    }

    /** The ids of whatever was built, while they are open. */
    public SeenEvents seen() {
        return seen;
    }

    public Topology build() {
        var topology = new Topology();
        var hot = HotStore.builder(open);
        var ids = settings.ids();
        var idsMemory = new IdsMemory(ids.memoryBytes());
        var recentlySeen = Register.recentlySeen();
        var pages = settings.pageCache();
        var pageMemory = new PageMemory(pages);

        source(topology, "requests", sources.name(Source.REQUESTS));
        source(topology, "usage", sources.name(Source.USAGE));
        source(topology, "rekeyed", sources.name(Source.REKEY));
        topology.addProcessor("fence", step(() -> new Fence(sources, fenced), hot), "requests", "usage", "rekeyed");
        topology.addProcessor("judge", step(this::judge, hot), "fence");
        topology.addProcessor("place", step(this::place), "judge");
        topology.addProcessor(
                "dedupe",
                step(() -> new Dedupe(settings.time(), asOf, ids.form(), idsMemory, seen), SeenIds.stores(ids.form())),
                "place");
        // Two steps that are there only where requests are kept: nobody else pays for them.
        var log = settings.keep().keepsRequests() ? LogStore.stores(logs, pages.form()) : new StoreBuilder<?>[0];
        if (log.length > 0) {
            topology.addProcessor("log-requests", step(this::logRequests, and(hot, log)), "dedupe");
        }
        // Before the steps that end in account: a rejection is written before the progress that says it happened.
        topology.addProcessor("refuse", step(this::refuse, hot), "dedupe");
        sink(topology, "rejected-events", topics.rejectedEvents().name(), "refuse");
        topology.addProcessor("register", step(() -> new Register("add-up", "sight"), hot, recentlySeen), "dedupe");
        topology.addProcessor("add-up", step(() -> new AddUp(settings.keep(), asOf, pageMemory), hot), "register");
        // Before account: what is to be told is written before the progress that says it happened.
        source(topology, "customers", topics.customers().name());
        topology.addProcessor(
                "customers-table",
                step(() -> new Learn(sources, "sight", erasures(log.length > 0)), hot, recentlySeen),
                "customers");
        if (log.length > 0) {
            topology.addProcessor("forget-requests", step(ForgetErased::new, log), "customers-table");
        }
        topology.addProcessor("move-pages", step(MovePages::new, hot), "customers-table");
        topology.addProcessor("forget-rejections", step(ForgetRejections::new, hot), "customers-table");
        topology.addProcessor(
                "announce",
                step(this::announce, and(hot, and(recentlySeen, Announce.stores(pages.form())))),
                "add-up",
                "move-pages");
        topology.addProcessor(
                "account",
                step(() -> new Account(sources, served, pace, pages.form()), Account.stores(pages.form(), hot)),
                "add-up");

        topology.addProcessor("tell-fate", step(TellFate::new), "dedupe");
        sink(topology, "event-fates", topics.eventFates().name(), "tell-fate");
        sink(topology, "rekey", topics.rekey().name(), Place.partitioner(), "place");
        sink(topology, "usage-feed", topics.usageFeed().name(), Announce.partitioner(), "announce");
        sink(topology, "sight", topics.customerCommands().name(), "register", "customers-table");

        // Named so that it comes behind "customers": Kafka Streams numbers sub-topologies in the order of their
        // sources.
        source(topology, "directory-commands", topics.customerCommands().name());
        topology.addProcessor("directory", step(this::directory, Decide.stores(pages.form())), "directory-commands");
        sink(topology, "tell", topics.customers().name(), Place.partitioner(), "directory");
        sink(topology, "results", topics.customerResults().name(), "directory");
        return topology;
    }

    private static List<String> erasures(boolean logged) {
        return logged
                ? List.of("forget-requests", "forget-rejections", "move-pages")
                : List.of("forget-rejections", "move-pages");
    }

    private static StoreBuilder<?>[] and(StoreBuilder<?> one, StoreBuilder<?>... others) {
        return Stream.concat(Stream.of(one), Stream.of(others)).toArray(StoreBuilder<?>[]::new);
    }

    private LogRequests logRequests() {
        return new LogRequests(
                sources,
                schemas,
                settings.keep().requests(),
                settings.time(),
                reaches,
                settings.pageCache().form());
    }

    private Decide directory() {
        return new Decide(
                commands,
                settings.partitions(),
                () -> schemaIds.apply(topics.customers()),
                "tell",
                "results",
                pace,
                settings.pageCache().form());
    }

    private Announce announce() {
        return new Announce(
                settings.feedInterval(),
                () -> schemaIds.apply(topics.usageFeed()),
                sources,
                pace,
                telling,
                settings.pageCache().form());
    }

    /** As long as the ids of events, within which a replay of one that was counted is known for a repeat. */
    private Refuse refuse() {
        return new Refuse(sources, rejections, SeenIds.reach(settings.time()), asOf);
    }

    private Judge judge() {
        return new Judge(schemas, settings.time(), tenantKnown, sources, settings.partitions());
    }

    private Place place() {
        return new Place(sources, settings.partitions(), "dedupe", "rekey");
    }

    private static void source(Topology topology, String name, String topic) {
        topology.addSource(name, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic);
    }

    private static void sink(Topology topology, String name, String topic, String... parents) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parents);
    }

    private static void sink(
            Topology topology,
            String name,
            String topic,
            StreamPartitioner<byte[], byte[]> partitioner,
            String parent) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), partitioner, parent);
    }

    /** A step with the stores of its room. */
    private static <A, B, C, D> ProcessorSupplier<A, B, C, D> step(
            Supplier<? extends Processor<A, B, C, D>> processor, StoreBuilder<?>... stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<A, B, C, D> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(stores);
            }
        };
    }
}
