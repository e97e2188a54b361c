package io.tidemark.streams.accounts;

import io.tidemark.streams.event.Source;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * The topics the hot rooms read: their names, and the ids Kafka gave them.
 *
 * <p>Progress is kept by id and not by name: a topic deleted and made again has another id, so its records are new, and
 * not hidden behind the progress of the old one.
 */
public record SourceTopics(Map<Source, Identity> topics) {
    private static final List<Source> SOURCES = List.of(Source.values());

    /** One topic's name and id. */
    public record Identity(String name, Uuid id) {}

    public SourceTopics {
        topics = Map.copyOf(topics);
        if (topics.size() != Source.values().length) {
            throw new IllegalArgumentException("every source needs a topic: " + topics);
        }
    }

    public String name(Source source) {
        return identity(source).name();
    }

    /** The source that a topic of that name is. */
    public Source source(String name) {
        for (Source source : SOURCES) {
            if (name(source).equals(name)) {
                return source;
            }
        }
        throw new IllegalArgumentException("no source is called " + name);
    }

    public Uuid id(Source source) {
        return identity(source).id();
    }

    private Identity identity(Source source) {
        return java.util.Objects.requireNonNull(topics.get(source));
    }

    /** What each source is. */
    public static SourceTopics of(Identity requests, Identity usage, Identity rekey, Identity customers) {
        var topics = new EnumMap<Source, Identity>(Source.class);
        topics.put(Source.REQUESTS, requests);
        topics.put(Source.USAGE, usage);
        topics.put(Source.REKEY, rekey);
        topics.put(Source.CUSTOMERS, customers);
        return new SourceTopics(topics);
    }
}
