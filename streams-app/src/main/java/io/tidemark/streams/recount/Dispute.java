package io.tidemark.streams.recount;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.recount.FirstSights.Sight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of one identity that say different things, and of which the log does not say which was handled first: they lie in different partitions or
 * topics, or so far apart that the first may have been forgotten.
 */
final class Dispute {
    private final List<Sight> sights = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final Sight first;
    private boolean many;
    private boolean alsoOutside;

    /** An event that may be the one that was counted. Decided anew in each comparison. */
    static final class Claim {
        private final Dispute dispute;
        private final SeriesOwner owner;
        private final int minute;
        private final int arrivedAt;
        private final Amounts reading;
        private boolean decided;
        private boolean counted;

        private Claim(Dispute dispute, Event event, Sight sight) {
            this.dispute = dispute;
            owner = SeriesOwner.of(event);
            minute = sight.minute();
            arrivedAt = sight.arrivedAt();
            reading = event.reading();
        }

        Dispute dispute() {
            return dispute;
        }

        SeriesOwner owner() {
            return owner;
        }

        int minute() {
            return minute;
        }

        Amounts reading() {
            return reading;
        }

        boolean isDecided() {
            return decided;
        }

        boolean isCounted() {
            return counted;
        }

        void decide(boolean asCounted) {
            decided = true;
            counted = asCounted;
        }

        /** Nothing is decided any more. */
        void open() {
            decided = false;
            counted = false;
        }
    }

    /** @param first that was read, and counted until its event is read again */
    Dispute(Sight first) {
        this.first = first;
        sights.add(first);
    }

    /**
     * Another event of the identity.
     *
     * @param reachSeconds how far apart two of them may have arrived, and the later still be known for a repeat
     * @param inPeriod whether it would be counted in the period
     */
    void add(Event event, Sight sight, long reachSeconds, boolean inPeriod) {
        boolean decidedByAnother = sights.stream()
                .anyMatch(before -> before.countsLike(sight)
                        || (before.isOfThePlaceOf(sight) && !isForgotten(before, sight, reachSeconds)));
        if (decidedByAnother) {
            return;
        }
        many |= sights.stream().anyMatch(before -> isForgotten(before, sight, reachSeconds));
        sights.add(sight);
        claim(event, sight, inPeriod);
    }

    static boolean isForgotten(Sight one, Sight other, long reachSeconds) {
        return Math.abs((long) one.arrivedAt() - other.arrivedAt()) > reachSeconds;
    }

    private void claim(Event event, Sight sight, boolean inPeriod) {
        if (inPeriod) {
            claims.add(new Claim(this, event, sight));
        } else {
            alsoOutside = true;
        }
    }

    /** Where the first lies, whose event was not kept. */
    Coordinates unread() {
        return first.at();
    }

    /** The first, read once more. */
    void first(Event event, boolean inPeriod) {
        claim(event, first, inPeriod);
    }

    List<Claim> claims() {
        return claims;
    }

    /** Whether more than one of them may have been counted. */
    boolean mayBeMany() {
        return many;
    }

    /** Whether it may be that none of those in the period was counted. */
    boolean mayBeNone() {
        return alsoOutside;
    }

    boolean hasCounted() {
        return claims.stream().anyMatch(Claim::isCounted);
    }

    boolean isDecided() {
        return claims.stream().allMatch(Claim::isDecided);
    }

    /** The one that arrived first, by the brokers' clocks: who must name one names this. */
    @Nullable
    Claim likeliest() {
        return claims.stream()
                .min(Comparator.comparingInt((Claim claim) -> claim.arrivedAt))
                .orElse(null);
    }
}
