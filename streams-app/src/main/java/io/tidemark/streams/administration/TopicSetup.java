package io.tidemark.streams.administration;

import static java.util.stream.Collectors.toSet;

import io.tidemark.schemas.Topic;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.StartRefused;
import io.tidemark.streams.accounts.SourceTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics that are missing, where that is wanted, and refuses the start where one is not as it must be. */
public final class TopicSetup {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

    private final Admin admin;
    private final MeteringSettings settings;
    private final Topics topics;
    private final Findings findings;

    public TopicSetup(Admin admin, MeteringSettings settings) {
        this(admin, settings, new Findings());
    }

    TopicSetup(Admin admin, MeteringSettings settings, Findings findings) {
        this.admin = admin;
        this.settings = settings;
        this.topics = Topics.withPrefix(settings.topicPrefix());
        this.findings = findings;
    }

    /**
     * What Kafka calls the topics that are read.
     *
     * @param sources those the hot rooms read
     * @param commands the id of {@code customer-commands}
     */
    public record Prepared(SourceTopics sources, Uuid commands) {}

    /**
     * The topics that are read, every topic being as it must be.
     *
     * @throws StartRefused otherwise, with every fault
     */
    public Prepared prepare() {
        Map<Topic, TopicDescription> there = look(NewTopics.of(settings));
        findings.of(Finding.Level.WARNING).forEach(LOG::warn);
        List<String> faults = findings.of(Finding.Level.FAULT);
        if (!faults.isEmpty()) {
            throw new StartRefused(faults);
        }
        var sources = SourceTopics.of(
                identity(topics.requests(), there),
                identity(topics.usage(), there),
                identity(topics.rekey(), there),
                identity(topics.customers(), there));
        return new Prepared(sources, identity(topics.customerCommands(), there).id());
    }

    /** Finds everything there is to say of the topics, those that are missing made first where the settings want that. */
    Map<Topic, TopicDescription> look(NewTopics wanted) {
        Transactions.check(admin, findings);
        var creation = new TopicCreation(admin, topics);
        Map<Topic, TopicDescription> there = creation.there();
        if (settings.createTopics()) {
            there = creation.completed(there, wanted, findings);
        }
        new TopicChecks(admin, settings, topics, findings).check(there);
        var faults = new ArrayList<String>();
        var offsets = new CommittedOffsets(admin, settings.applicationId());
        offsets.check(faults);
        offsets.checkTopics(topics.all().stream().map(Topic::name).collect(toSet()), faults);
        findings.faults(faults);
        return there;
    }

    private static SourceTopics.Identity identity(Topic topic, Map<Topic, TopicDescription> there) {
        TopicDescription description = there.get(topic);
        if (description == null) {
            throw new IllegalStateException(topic.name() + " was checked and is missing");
        }
        return new SourceTopics.Identity(topic.name(), description.topicId());
    }
}
