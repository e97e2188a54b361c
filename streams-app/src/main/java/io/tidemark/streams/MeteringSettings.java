package io.tidemark.streams;

import io.tidemark.streams.connecting.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * What one instance needs to know, read once at its start.
 *
 * @param connection how Kafka and the registry are reached
 * @param applicationId names the consumer group, the changelogs and the transactional ids; one per deployment
 * @param topicPrefix begins the name of every topic
 * @param partitions of every customer-keyed topic; final once the topics exist
 * @param replicationFactor of topics this instance creates, and of changelogs
 * @param createTopics whether topics that are missing are created, rather than the start refused
 * @param stateDirectory where the stores lie; must survive a restart
 * @param threads how many partitions are worked on at once
 * @param standbys how many other instances keep a copy of each partition's state
 * @param commitInterval how often effects become visible and final
 * @param feedInterval how long changes of a customer's month are gathered before {@code usage-feed} is told; zero: never
 * @param time which event times are accepted
 * @param keep how long pages are kept, and single requests
 * @param tenants are known from the start, besides those that were made and those that have keys
 * @param admitNewTenants whether an event of a tenant that is not known is counted rather than rejected
 * @param sessionTimeout how long a dead instance holds its partitions
 * @param pageCache how pages are held between two commits
 * @param ids how the ids of events that were counted are kept
 */
public record MeteringSettings(
        Connection connection,
        String applicationId,
        String topicPrefix,
        int partitions,
        int replicationFactor,
        boolean createTopics,
        Path stateDirectory,
        int threads,
        int standbys,
        Duration commitInterval,
        Duration feedInterval,
        TimeRule time,
        Retention keep,
        Set<String> tenants,
        boolean admitNewTenants,
        Duration sessionTimeout,
        PageCache pageCache,
        Ids ids) {

    public MeteringSettings {
        tenants = Set.copyOf(tenants);
        keep.mustCover(time);
    }

    /** With pages and ids kept as is best for nearly everybody. */
    public MeteringSettings(
            Connection connection,
            String applicationId,
            String topicPrefix,
            int partitions,
            int replicationFactor,
            boolean createTopics,
            Path stateDirectory,
            int threads,
            int standbys,
            Duration commitInterval,
            Duration feedInterval,
            TimeRule time,
            Retention keep,
            Set<String> tenants,
            boolean admitNewTenants,
            Duration sessionTimeout) {
        this(
                connection,
                applicationId,
                topicPrefix,
                partitions,
                replicationFactor,
                createTopics,
                stateDirectory,
                threads,
                standbys,
                commitInterval,
                feedInterval,
                time,
                keep,
                tenants,
                admitNewTenants,
                sessionTimeout,
                PageCache.DEFAULT,
                Ids.DEFAULT);
    }

    /** The same with another answer to whether missing topics are made. */
    public MeteringSettings withCreateTopics(boolean create) {
        return new MeteringSettings(
                connection,
                applicationId,
                topicPrefix,
                partitions,
                replicationFactor,
                create,
                stateDirectory,
                threads,
                standbys,
                commitInterval,
                feedInterval,
                time,
                keep,
                tenants,
                admitNewTenants,
                sessionTimeout,
                pageCache,
                ids);
    }

    /**
     * The settings of a Kafka client of this instance's that is not Kafka Streams' own.
     *
     * @param purpose names the client in the broker's logs and metrics
     */
    public Map<String, Object> client(String purpose) {
        Map<String, Object> config = connection.client();
        config.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, applicationId + "-" + purpose);
        return config;
    }

    /**
     * An event is accepted when {@code append - late <= occurred_at <= append + early}.
     *
     * @param late how long after it occurred an event may be appended
     * @param early how far a producer's clock may run ahead of the broker's
     * @param brokerSkew how far the clocks of two brokers may differ; widens how long ids are remembered
     */
    public record TimeRule(Duration late, Duration early, Duration brokerSkew) {
        /** 35 days, 5 minutes and 10 minutes. */
        public static final TimeRule DEFAULT =
                new TimeRule(Duration.ofDays(35), Duration.ofMinutes(5), Duration.ofMinutes(10));
    }

    /**
     * How the pages that events change are held until they are written, once for all changes between two commits.
     *
     * @param bytes of the heap for decoded pages, roughly, shared by the partitions that are counted here
     */
    public record PageCache(Form form, long bytes) {
        private static final long LEAST_BY_DEFAULT = 64L << 20;
        private static final int PART_OF_HEAP = 8;

        /** Decoded, in an eighth of what the heap may grow to, and 64 MiB at least. */
        public static final PageCache DEFAULT = new PageCache(
                Form.DECODED, Math.max(LEAST_BY_DEFAULT, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));

        /** Decoded by ourselves, or as bytes in Kafka Streams' own record cache. */
        public enum Form {
            DECODED,
            STOCK
        }

        public PageCache {
            if (bytes < 1) {
                throw new IllegalArgumentException("pages cannot be held in " + bytes + " bytes");
            }
        }
    }

    /**
     * How long pages of each granularity are kept, month pages being kept for ever; and how long single requests.
     *
     * @param hours hour pages, which hold minutes
     * @param days day pages, which hold quarter hours
     * @param requests rows of the request log, after they occurred; zero: there is none
     */
    public record Retention(Duration hours, Duration days, Duration requests) {
        /** 38, 400 and 7 days. */
        public static final Retention DEFAULT = new Retention(Duration.ofDays(38), Duration.ofDays(400));

        private static final Duration MARGIN = Duration.ofDays(2);

        public Retention {
            if (requests.isNegative()) {
                throw new IllegalArgumentException("requests cannot be kept for " + requests);
            }
        }

        /** With requests kept for 7 days. */
        public Retention(Duration hours, Duration days) {
            this(hours, days, Duration.ofDays(7));
        }

        /** The same with requests kept for that long. */
        public Retention withRequests(Duration kept) {
            return new Retention(hours, days, kept);
        }

        /** Whether single requests are kept at all. */
        public boolean keepsRequests() {
            return !requests.isZero();
        }

        /** A late event must never fall into a page that is purged already. */
        void mustCover(TimeRule time) {
            Duration least = time.late().plus(time.early()).plus(MARGIN);
            if (hours.compareTo(least) < 0) {
                throw new IllegalArgumentException("hour pages are kept " + hours + ", but late events need " + least);
            }
            if (days.compareTo(hours) < 0) {
                throw new IllegalArgumentException("day pages are kept " + days + ", less than hour pages: " + hours);
            }
        }
    }

    /**
     * How the ids of events that were counted are kept; for how long, {@link TimeRule} says.
     *
     * @param form in which new ones are written; those written in the other are found as well
     * @param memoryBytes what the tables may take that say which ids are new
     */
    public record Ids(IdForm form, long memoryBytes) {
        /** In blocks, with 256 MiB: some 48 million ids. */
        public static final Ids DEFAULT = new Ids(IdForm.BLOCKS, 256L << 20);
    }

    /** How ids are written. */
    public enum IdForm {
        /** Many in a record, in each commit. */
        BLOCKS,
        /** A record each, with nothing but Kafka Streams' public interface. */
        RECORDS
    }
}
