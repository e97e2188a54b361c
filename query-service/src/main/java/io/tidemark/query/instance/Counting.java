package io.tidemark.query.instance;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.query.peers.Cluster;
import io.tidemark.streams.MeteringApp;
import io.tidemark.streams.access.Access;
import io.tidemark.streams.directory.CustomerDirectory;
import io.tidemark.streams.feed.UsageChanges;
import io.tidemark.streams.publishing.EventIntake;
import io.tidemark.streams.reading.Health;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.UsageReadModel;
import io.tidemark.streams.replaying.Replays;
import io.tidemark.streams.roster.Roster;
import io.tidemark.streams.routing.Peers;
import io.tidemark.streams.routing.RoutedParts;
import io.tidemark.streams.routing.RoutedUsage;
import io.tidemark.streams.tracing.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the door needs of a {@link MeteringApp}, so that it can be tried without Kafka.
 *
 * @param amongOthers whether there are other instances of the deployment, as far as the group has told
 * @param leave stops counting within the given time, and says whether it did; what is known of customers and keys still is
 * @param close all else
 */
record Counting(
        UsageReadModel usage,
        Parts parts,
        Tracer tracer,
        Access access,
        Roster roster,
        CustomerDirectory directory,
        EventIntake intake,
        Replays replays,
        UsageChanges changes,
        Supplier<Health> health,
        BooleanSupplier amongOthers,
        Consumer<MeterRegistry> bindTo,
        Predicate<Duration> leave,
        Runnable close) {

    /** Of an instance that is alone, or asks the others of its deployment. */
    static Counting by(MeteringApp app, Optional<Cluster> cluster, Clock clock) {
        cluster.ifPresent(others -> others.begin(app.held(), app.heldParts(), app::holding, app::members));
        Peers peers = cluster.<Peers>map(others -> others).orElse(Peers.NONE);
        RoutedUsage usage = app.usage(peers, clock);
        RoutedParts parts = app.parts(peers, clock);
        return new Counting(
                usage,
                parts,
                app.tracer(parts),
                app.access(),
                app.roster(),
                app.directory(),
                app.intake(),
                app.replays(),
                app.changes(),
                app::health,
                () -> cluster.map(Cluster::address)
                        .filter(self -> !Set.of(self).containsAll(app.members()))
                        .isPresent(),
                registry -> {
                    app.bindTo(registry);
                    cluster.ifPresent(others -> others.bindTo(registry));
                },
                app::leave,
                () -> {
                    app.close();
                    usage.close();
                    parts.close();
                    cluster.ifPresent(Cluster::close);
                });
    }
}
