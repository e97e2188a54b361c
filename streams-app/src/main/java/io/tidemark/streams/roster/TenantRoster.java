package io.tidemark.streams.roster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.directory.Email;
import io.tidemark.streams.roster.Listed.Slice;
import io.tidemark.streams.roster.RosterQuery.SortBy;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The cards of one tenant. What a card says never changes, so that it is shown without holding the lock. */
final class TenantRoster {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final CardTable byId = new CardTable(Card::idHash);
    private final CardTable byExternalId = new CardTable(Card::externalIdHash);
    private final CardTable byEmail = new CardTable(Card::emailHash);
    private final Listed listed = new Listed();

    @Nullable
    Card byId(UUID id) {
        int hash = Card.hash(id.getMostSignificantBits(), id.getLeastSignificantBits());
        return reading(() -> byId.find(hash, card -> card.has(id)));
    }

    @Nullable
    Card byExternalId(String externalId) {
        byte[] id = externalId.getBytes(UTF_8);
        return reading(() -> byExternalId.find(Arrays.hashCode(id), card -> card.hasExternalId(id)));
    }

    @Nullable
    Card byEmail(String email) {
        String address = Email.fold(email);
        return reading(() -> byEmail.find(address.hashCode(), card -> card.hasEmail(address)));
    }

    int size() {
        return reading(byExternalId::size);
    }

    /** Takes a card unless it has a later one of the customer; being seen again is no new version. */
    void put(Card card) {
        Card earlier = byExternalId(card.externalId());
        if (earlier == null || earlier.version() <= card.version()) {
            change(earlier, card);
        }
    }

    void remove(String externalId) {
        Card earlier = byExternalId(externalId);
        if (earlier != null) {
            change(earlier, null);
        }
    }

    private void change(@Nullable Card earlier, @Nullable Card later) {
        lock.writeLock().lock();
        try {
            if (earlier != null) {
                removeFromTables(earlier);
            }
            if (later != null) {
                addToTables(later);
            }
            listed.change(unlessDeleted(earlier), unlessDeleted(later));
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void removeFromTables(Card card) {
        byId.remove(card);
        byExternalId.remove(card);
        byEmail.remove(card);
    }

    private void addToTables(Card card) {
        byId.add(card);
        byExternalId.add(card);
        if (card.hasEmail() && !card.isDeleted()) {
            byEmail.add(card);
        }
    }

    private static @Nullable Card unlessDeleted(@Nullable Card card) {
        return card == null || card.isDeleted() ? null : card;
    }

    /** Makes every order that is not there yet. */
    void sort() {
        for (SortBy by : SortBy.values()) {
            sort(by);
        }
    }

    private void sort(SortBy by) {
        if (reading(() -> listed.has(by))) {
            return;
        }
        lock.writeLock().lock();
        try {
            listed.sort(by);
        } finally {
            lock.writeLock().unlock();
        }
    }

    Slice list(RosterQuery query) {
        if (query.externalId().isPresent()) {
            return Listed.one(unlessDeleted(byExternalId(query.externalId().get())), query);
        }
        sort(query.sortBy());
        return reading(() -> listed.slice(query));
    }

    private <T extends @Nullable Object> T reading(Supplier<T> question) {
        lock.readLock().lock();
        try {
            return question.get();
        } finally {
            lock.readLock().unlock();
        }
    }
}
