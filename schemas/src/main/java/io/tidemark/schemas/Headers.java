package io.tidemark.schemas;

/**
 * The record headers Tidemark writes; all values are UTF-8 text, but for {@link #TELL}. On the input topics only that and {@link
 * #REPLAYS} mean anything, whoever sets them.
 */
public final class Headers {
    /** Where a record was first appended: the topic's name. On {@code rejected-events} and {@code rekey}. */
    public static final String TOPIC = "tidemark-topic";
    /** Its partition, decimal. */
    public static final String PARTITION = "tidemark-partition";
    /** Its offset, decimal. */
    public static final String OFFSET = "tidemark-offset";
    /** When the broker appended it there: UTC milliseconds since 1970-01-01, decimal. */
    public static final String APPENDED_AT = "tidemark-appended-at";

    /** On {@code rejected-events}: the first reason, one of the constants of {@code intake}'s {@code Reason}. */
    public static final String REASON = "tidemark-reason";
    /** On {@code rejected-events}: every fault, one to a line, as {@code reason: what is wrong}. */
    public static final String FAULTS = "tidemark-faults";
    /** On {@code rejected-events}: how many bytes the value had, where only its beginning was kept. */
    public static final String TRUNCATED = "tidemark-truncated";
    /** On {@code rejected-events}, of a conflict: {@code topic-partition@offset} of the event that was counted. */
    public static final String FIRST_SEEN = "tidemark-first-seen";

    /**
     * On {@code customers} and {@code usage-feed}: the CRC-64-AVRO fingerprint of the schema the value was written with, 16
     * hexadecimal digits, so that Tidemark reads its own records when the registry is away.
     */
    public static final String SCHEMA = "tidemark-schema";

    /**
     * On the input topics: 16 bytes that the writer chose. What became of the event is told on {@code event-fates} under
     * that key.
     */
    public static final String TELL = "tidemark-tell";

    /**
     * On the input topics: which rejection the event replays, as it is told over HTTP. Once the event is counted, that rejection is
     * resolved.
     */
    public static final String REPLAYS = "tidemark-replays";

    /**
     * On {@code customers}, of a record without a value: the external id that the customer, which was erased, has since. Its
     * own record comes next.
     */
    public static final String ERASED_AS = "tidemark-erased-as";

    /** Reserved for trusted imports of older history. */
    public static final String ARRIVED_AT = "tidemark-arrived-at";

    private Headers() {}
}
