package io.tidemark.streams;

import io.tidemark.schemas.AvroTrust;
import io.tidemark.streams.access.Access;
import io.tidemark.streams.access.AccessTables;
import io.tidemark.streams.access.ChangeFailed;
import io.tidemark.streams.access.Tenant;
import io.tidemark.streams.administration.DirectoryTakeover;
import io.tidemark.streams.administration.TopicSetup;
import io.tidemark.streams.connecting.Clients;
import io.tidemark.streams.routing.PeerAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;

/** What comes before an instance counts, in its order; and what is let go of again when it does not come to that. */
record Starting(MeteringSettings settings, Optional<PeerAddress> advertised, Clock clock) {
    private static final Duration UNTIL_READ = Duration.ofSeconds(60);

    MeteringApp start() {
        AvroTrust.establish();
        Admin admin = Clients.admin(settings);
        try {
            TopicSetup.Prepared topics = new TopicSetup(admin, settings).prepare();
            new DirectoryTakeover(admin, settings).ifNew();
            return start(admin, topics);
        } catch (ConfigException e) {
            admin.close(Duration.ZERO);
            throw new StartRefused(List.of("what is passed on to Kafka cannot be: " + e.getMessage()));
        } catch (ApiException e) {
            admin.close(Duration.ZERO);
            throw new StartRefused(List.of(
                    "Kafka at " + settings.connection().kafka() + " does not answer as it must: " + e.getMessage()));
        } catch (RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private MeteringApp start(Admin admin, TopicSetup.Prepared prepared) {
        AccessTables access = AccessTables.of(settings);
        try {
            access.awaitCaughtUp(UNTIL_READ);
            makeConfiguredTenants(access);
            var app = new MeteringApp(settings, advertised, clock, admin, access, prepared);
            app.begin();
            return app;
        } catch (RuntimeException e) {
            access.close();
            throw e;
        }
    }

    /** So that they are listed, and can be given a currency and a calendar, as any other. */
    private void makeConfiguredTenants(Access access) {
        try {
            settings.tenants().stream()
                    .filter(name -> access.tenant(name).isEmpty())
                    .forEach(name -> access.put(Tenant.named(name, clock.instant())));
        } catch (ChangeFailed e) {
            throw new StartRefused(List.of("a tenant could not be made: " + e.getMessage()));
        }
    }
}
