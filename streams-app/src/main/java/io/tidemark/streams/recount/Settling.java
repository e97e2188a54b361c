package io.tidemark.streams.recount;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.recount.Dispute.Claim;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds which claims of a slot, if counted, make it what is served. */
final class Settling {
    private static final int MOST_STEPS = 100_000;

    private final List<Claim> claims;
    private final List<BigInteger> served;
    private final boolean[] counted;
    private int steps;

    private Settling(List<Claim> claims, List<BigInteger> served) {
        this.claims = claims;
        this.served = served;
        counted = new boolean[claims.size()];
    }

    /** Decides the claims; empty, and decides nothing, where no choice of them makes {@code sums} what is served. */
    static Optional<List<BigInteger>> settle(List<Claim> claims, List<BigInteger> sums, List<BigInteger> served) {
        var settling = new Settling(claims, served);
        if (!settling.from(0, sums)) {
            return Optional.empty();
        }
        List<BigInteger> all = sums;
        for (int i = 0; i < claims.size(); i++) {
            claims.get(i).decide(settling.counted[i]);
            all = settling.counted[i] ? plus(all, claims.get(i).reading()) : all;
        }
        return Optional.of(all);
    }

    /** Tries every choice of the claims from one on. */
    private boolean from(int next, List<BigInteger> sums) {
        if (++steps > MOST_STEPS) {
            return false;
        }
        if (next == claims.size()) {
            return sums.equals(served) && isAllowed();
        }
        Claim claim = claims.get(next);
        if (mayBeCounted(next, claim.dispute())) {
            counted[next] = true;
            if (from(next + 1, plus(sums, claim.reading()))) {
                return true;
            }
            counted[next] = false;
        }
        return from(next + 1, sums);
    }

    private boolean mayBeCounted(int next, Dispute dispute) {
        if (dispute.mayBeMany()) {
            return true;
        }
        for (int i = 0; i < next; i++) {
            if (counted[i] && claims.get(i).dispute() == dispute) {
                return false;
            }
        }
        return !dispute.hasCounted();
    }

    /** Whether each dispute that is all about this slot has its one. */
    private boolean isAllowed() {
        for (Claim claim : claims) {
            Dispute dispute = claim.dispute();
            boolean allHere = claims.containsAll(dispute.claims());
            if (allHere && !dispute.mayBeNone() && !isAnyCounted(dispute)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAnyCounted(Dispute dispute) {
        for (int i = 0; i < claims.size(); i++) {
            if (counted[i] && claims.get(i).dispute() == dispute) {
                return true;
            }
        }
        return false;
    }

    static List<BigInteger> plus(List<BigInteger> sums, Amounts more) {
        var all = new ArrayList<BigInteger>(sums);
        for (int i = 0; i < more.size(); i++) {
            all.set(i, all.get(i).add(more.get(i)));
        }
        return all;
    }
}
