package io.tidemark.streams.administration;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tidemark.schemas.AvroTrust;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.StartRefused;
import io.tidemark.streams.connecting.Clients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.ApiException;

/** What somebody who sets up or looks after a cluster asks, without starting an instance. */
public final class Administration {
    private final MeteringSettings settings;

    public Administration(MeteringSettings settings) {
        this.settings = settings;
    }

    /**
     * Everything there is to say of the topics. Where the settings say so, those that are missing are made first.
     *
     * @param wanted how those are made that are missing
     */
    public List<Finding> topics(NewTopics wanted) {
        var findings = new Findings();
        asking(findings, (admin, found) -> new TopicSetup(admin, settings, found).look(wanted));
        return findings.all();
    }

    /** Everything that could keep an instance from counting here, or from counting well. Changes nothing. */
    public List<Finding> diagnose(Clock clock) {
        AvroTrust.establish();
        var findings = new Findings();
        asking(findings, (admin, found) -> {
            new ClusterChecks(admin, settings, found).check(clock);
            new TopicSetup(admin, settings, found).look(NewTopics.of(settings));
        });
        registry(findings);
        new HereChecks(settings.stateDirectory(), settings.applicationId(), findings).check();
        return findings.all();
    }

    private void asking(Findings findings, BiConsumer<Admin, Findings> what) {
        try (Admin admin = Clients.admin(settings)) {
            what.accept(admin, findings);
        } catch (ApiException e) {
            findings.fault("Kafka at " + settings.connection().kafka() + " does not answer as it must: "
                    + e.getMessage() + "; is it there, and are kafka.security.protocol and what belongs to it right?");
        } catch (StartRefused e) {
            findings.fault(String.valueOf(e.getMessage()));
        }
    }

    private void registry(Findings findings) {
        try (SchemaRegistryClient registry = Clients.registry(settings.connection())) {
            var topics = Topics.withPrefix(settings.topicPrefix());
            new RegistryChecks(registry, settings.connection(), topics, findings).check();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
