package io.tidemark.streams.rejections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of this room, all below {@code 0x0C}. Texts end in a zero byte; {@code when and where} is {@code [~appended, int64][source][partition,
 * int32][~offset, int64]}, so that the newest comes first.
 *
 * <ul>
 *   <li>{@code [0]}: the {@link Kept} bound
 *   <li>{@code [1][tenant][when and where]}: a rejection ({@link RejectionRecord}); the same with a byte behind it: its {@link Resolution},
 *       which may lie in another partition; the tenant and an instant alone, and with a zero byte: a {@link #wall}
 *   <li>{@code [2][tenant][customer][source][event id]}: the newest rejections of an event ({@link Attempts}); {@code [2]} and {@code [2][0]}: a wall
 *   <li>{@code [3][tenant][customer][when and where]}: that there is one of the customer
 *   <li>{@code [4][tenant][day, int32][reason]}: how many there were ({@link Tally})
 * </ul>
 */
final class RejectionKeys {
    static final Bytes KEPT = start((byte) 0).toKey();

    private static final byte REJECTION = 1;
    private static final byte EVENT = 2;
    private static final byte CUSTOMER = 3;
    private static final byte TALLY = 4;
    /** Behind the key of a rejection. */
    private static final byte RESOLUTION = 1;

    private static final int WHEN_AND_WHERE = Long.BYTES + 1 + Integer.BYTES + Long.BYTES;
    /** Everything of a tenant comes before this; names have no control character. */
    private static final byte BEHIND = 1;

    private RejectionKeys() {}

    private static BytesOut start(byte family) {
        return new BytesOut().raw(HotStore.REJECTIONS).raw(family);
    }

    private static BytesOut whenAndWhere(BytesOut out, RejectionId id) {
        Coordinates at = id.at();
        return out.int64(~id.appendedAt())
                .raw(at.topic().code())
                .int32(at.partition())
                .int64(~at.offset());
    }

    static Bytes rejection(String tenant, RejectionId id) {
        return whenAndWhere(start(REJECTION).terminated(tenant), id).toKey();
    }

    static Bytes resolution(String tenant, RejectionId id) {
        return whenAndWhere(start(REJECTION).terminated(tenant), id)
                .raw(RESOLUTION)
                .toKey();
    }

    /** Where those of a tenant begin that were appended before an instant, UTC milliseconds. */
    static Bytes before(String tenant, long millis) {
        return start(REJECTION).terminated(tenant).int64(~(millis - 1)).toKey();
    }

    /** Behind those of a tenant that were appended at an instant or later, and before the walls of the millisecond before. */
    static Bytes from(String tenant, long millis) {
        return start(REJECTION)
                .terminated(tenant)
                .int64(~millis)
                .raw((byte) 0x7f)
                .toKey();
    }

    /** Where those behind a rejection begin. */
    static Bytes behind(String tenant, RejectionId id) {
        return whenAndWhere(start(REJECTION).terminated(tenant), id)
                .raw((byte) (RESOLUTION + 1))
                .toKey();
    }

    /**
     * Two keys that stand before everything of a tenant that was appended at an instant or before, and say nothing. Scans end at a key that they do not take,
     * and by then Kafka's iterator has stepped to the next: where the older ones were purged these are there for that, so that it need not look for others behind
     * all their tombstones.
     */
    static List<Bytes> wall(String tenant, long millis) {
        BytesOut first = start(REJECTION).terminated(tenant).int64(~millis);
        Bytes front = first.toKey();
        return List.of(front, first.raw((byte) 0).toKey());
    }

    /** The second of two walls, by the first. */
    static Bytes secondOf(Bytes wall) {
        return new BytesOut().raw(wall.get()).raw((byte) 0).toKey();
    }

    /** Behind the walls of an instant, and before whatever was appended then. */
    static Bytes behindWall(String tenant, long millis) {
        return start(REJECTION).terminated(tenant).int64(~millis).raw((byte) 1).toKey();
    }

    static Bytes event(Claim claim) {
        return start(EVENT)
                .terminated(claim.tenant())
                .terminated(claim.customer())
                .terminated(claim.source())
                .terminated(claim.id())
                .toKey();
    }

    static Bytes ofCustomer(Claim claim, RejectionId id) {
        return whenAndWhere(start(CUSTOMER).terminated(claim.tenant()).terminated(claim.customer()), id)
                .toKey();
    }

    /** Before and behind all of a customer. */
    static List<Bytes> allOfCustomer(String tenant, String customer) {
        BytesOut all = start(CUSTOMER).terminated(tenant).terminated(customer);
        return List.of(all.toKey(), all.int64(-1).raw((byte) -1).toKey());
    }

    static Bytes tally(String tenant, int day, String reason) {
        return start(TALLY).terminated(tenant).int32(day).terminated(reason).toKey();
    }

    /** Before all tallies of a day. */
    static Bytes tallies(String tenant, int day) {
        return start(TALLY).terminated(tenant).int32(day).toKey();
    }

    /** Where the rejections of all tenants begin. */
    static Bytes first() {
        return start(REJECTION).toKey();
    }

    /** Behind those of all tenants. */
    static Bytes last() {
        return start(REJECTION).raw((byte) -1).toKey();
    }

    /** Two keys behind those of all tenants that say nothing: there for what {@link #wall walls} are, before the purged keys of events. */
    static List<Bytes> lastWall() {
        BytesOut first = start(EVENT);
        Bytes front = first.toKey();
        return List.of(front, first.raw((byte) 0).toKey());
    }

    /** Behind all rejections of a tenant, and before those of any other. */
    static Bytes after(String tenant) {
        return start(REJECTION).raw(tenant.getBytes(UTF_8)).raw(BEHIND).toKey();
    }

    /** Of a key of a rejection, a resolution or a wall. */
    static String tenantOf(Bytes key) {
        return new BytesIn(key.get(), 2).terminated();
    }

    static Kind kindOf(byte[] key, String tenant) {
        int rest = key.length - 2 - tenant.getBytes(UTF_8).length - 1;
        return rest == WHEN_AND_WHERE ? Kind.REJECTION : rest == WHEN_AND_WHERE + 1 ? Kind.RESOLUTION : Kind.WALL;
    }

    /** Of the key of a rejection or a resolution. */
    static RejectionId idOf(byte[] key, String tenant) {
        return id(new BytesIn(key, 2 + tenant.getBytes(UTF_8).length + 1));
    }

    /** Of the key of one of a customer. */
    static RejectionId idOfCustomers(byte[] key) {
        var in = new BytesIn(key, 2);
        in.terminated();
        in.terminated();
        return id(in);
    }

    private static RejectionId id(BytesIn in) {
        long appendedAt = ~in.int64();
        var at = new Coordinates(Source.of(in.raw()), in.int32(), ~in.int64());
        return new RejectionId(at, appendedAt);
    }

    /** The day and the reason of a tally's key. */
    static Tally tallyOf(byte[] key, long count) {
        var in = new BytesIn(key, 2);
        in.terminated();
        int day = in.int32();
        return new Tally(day, in.terminated(), count);
    }

    /** What a key among those of rejections is of. */
    enum Kind {
        REJECTION,
        RESOLUTION,
        WALL
    }
}
