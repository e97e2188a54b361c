package io.tidemark.query.instance;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.streams.MeteringApp;
import io.tidemark.streams.access.Access;
import io.tidemark.streams.directory.CustomerDirectory;
import io.tidemark.streams.publishing.EventIntake;
import io.tidemark.streams.reading.Health;
import io.tidemark.streams.reading.UsageReadModel;
import io.tidemark.streams.roster.Roster;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the door needs of a {@link MeteringApp}, so that it can be tried without Kafka.
 *
 * @param leave stops counting within the given time, and says whether it did; what is known of customers and keys still is
 * @param close all else
 */
record Counting(
        UsageReadModel usage,
        Access access,
        Roster roster,
        CustomerDirectory directory,
        EventIntake intake,
        Supplier<Health> health,
        Consumer<MeterRegistry> bindTo,
        Predicate<Duration> leave,
        Runnable close) {

    static Counting by(MeteringApp app) {
        return new Counting(
                app.usage(),
                app.access(),
                app.roster(),
                app.directory(),
                app.intake(),
                app::health,
                app::bindTo,
                app::leave,
                app::close);
    }
}
