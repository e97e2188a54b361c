package io.tidemark.streams.roster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.directory.Email;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/**
 * One customer, in as few bytes as will do: there may be a million. What lists are sorted and searched by lies open; the rest is
 * packed until somebody wants to see it.
 *
 * <p>The bytes: folded name, folded e-mail address and folded external id, each ended by {@link #END}; the external id verbatim, where
 * that differs; the rest.
 */
final class Card {
    /** The time of what never was. */
    static final long NEVER = Long.MIN_VALUE;
    /** In no text of UTF-8, so that nothing is found across two of them. */
    static final byte END = (byte) 0xFF;

    private final long idHigh;
    private final long idLow;
    private final long version;
    private final long createdAt;
    private final long lastSeenAt;
    private final int emailHash;
    private final int emailFrom;
    private final int foldedFrom;
    private final int externalFrom;
    private final int restFrom;
    private final byte[] bytes;
    private int slot;

    private Card(Customer customer, byte[] bytes, int[] from) {
        idHigh = customer.id().getMostSignificantBits();
        idLow = customer.id().getLeastSignificantBits();
        version = customer.version();
        createdAt = Micros.of(customer.createdAt());
        lastSeenAt = customer.lastSeenAt().map(Micros::of).orElse(NEVER);
        emailHash = address(customer.details()).hashCode();
        emailFrom = from[0];
        foldedFrom = from[1];
        externalFrom = from[2];
        restFrom = from[3];
        this.bytes = bytes;
    }

    static Card of(Customer customer) {
        byte[] name = folded(customer, Detail.NAME);
        byte[] email = folded(customer, Detail.EMAIL);
        byte[] external = customer.externalId().getBytes(UTF_8);
        byte[] folded = Folded.of(customer.externalId());
        boolean same = Arrays.equals(external, folded);
        int emailFrom = name.length + 1;
        int foldedFrom = emailFrom + email.length + 1;
        int externalFrom = same ? foldedFrom : foldedFrom + folded.length + 1;
        var out = new BytesOut()
                .raw(name)
                .raw(END)
                .raw(email)
                .raw(END)
                .raw(folded)
                .raw(END);
        if (!same) {
            out.raw(external).raw(END);
        }
        Packing.pack(customer, new String(email, UTF_8), out);
        int[] from = {emailFrom, foldedFrom, externalFrom, externalFrom + external.length + 1};
        return new Card(customer, out.toBytes(), from);
    }

    private static byte[] folded(Customer customer, Detail detail) {
        return Folded.of(text(customer.details(), detail));
    }

    private static String address(Details details) {
        return Email.fold(text(details, Detail.EMAIL));
    }

    private static String text(Details details, Detail detail) {
        return Objects.requireNonNullElse(details.get(detail), "");
    }

    /** Where it stands on its tenant's {@link Shelf}, which alone says so. */
    int slot() {
        return slot;
    }

    void slot(int of) {
        slot = of;
    }

    /** All of it again. */
    Customer customer(String tenant) {
        var email = new String(bytes, emailFrom, foldedFrom - 1 - emailFrom, UTF_8);
        return Packing.unpack(this, tenant, email, new BytesIn(bytes, restFrom));
    }

    UUID id() {
        return new UUID(idHigh, idLow);
    }

    String externalId() {
        return new String(bytes, externalFrom, restFrom - 1 - externalFrom, UTF_8);
    }

    long version() {
        return version;
    }

    long createdAt() {
        return createdAt;
    }

    /** {@link #NEVER} where it was not. */
    long lastSeenAt() {
        return lastSeenAt;
    }

    boolean isDeleted() {
        return Packing.isDeleted(bytes[restFrom]);
    }

    boolean hasName() {
        return emailFrom > 1;
    }

    boolean hasEmail() {
        return foldedFrom - 1 > emailFrom;
    }

    boolean has(UUID id) {
        return id.getMostSignificantBits() == idHigh && id.getLeastSignificantBits() == idLow;
    }

    boolean hasExternalId(byte[] id) {
        return Arrays.equals(bytes, externalFrom, restFrom - 1, id, 0, id.length);
    }

    /** @param address folded as {@link Email} does, which is less than is done for sorting */
    boolean hasEmail(String address) {
        return emailHash == address.hashCode()
                && address(customer("").details()).equals(address);
    }

    /** The bytes that can be searched: folded name, e-mail address and external id, each ended by {@link #END}. */
    int searchedLength() {
        return externalFrom == foldedFrom ? restFrom : externalFrom;
    }

    void copySearched(byte[] into, int at) {
        System.arraycopy(bytes, 0, into, at, searchedLength());
    }

    boolean isSearchedLike(Card other) {
        return Arrays.equals(bytes, 0, searchedLength(), other.bytes, 0, other.searchedLength());
    }

    boolean isTakenBy(Filter filter) {
        return filter.takes(bytes, 0, searchedLength());
    }

    int idHash() {
        return hash(idHigh, idLow);
    }

    int externalIdHash() {
        int hash = 1;
        for (int at = externalFrom; at < restFrom - 1; at++) {
            hash = 31 * hash + bytes[at];
        }
        return hash;
    }

    int emailHash() {
        return emailHash;
    }

    static int hash(long idHigh, long idLow) {
        return Long.hashCode(idHigh * 31 + idLow);
    }

    int compareName(Card other) {
        return Arrays.compareUnsigned(bytes, 0, emailFrom - 1, other.bytes, 0, other.emailFrom - 1);
    }

    int compareEmail(Card other) {
        return Arrays.compareUnsigned(
                bytes, emailFrom, foldedFrom - 1, other.bytes, other.emailFrom, other.foldedFrom - 1);
    }

    int compareExternalId(Card other) {
        return Arrays.compareUnsigned(
                bytes, externalFrom, restFrom - 1, other.bytes, other.externalFrom, other.restFrom - 1);
    }
}
