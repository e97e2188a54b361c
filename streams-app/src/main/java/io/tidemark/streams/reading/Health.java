package io.tidemark.streams.reading;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether events are being counted and questions can be answered.
 *
 * @param alive false when the process cannot recover by itself and should be restarted
 * @param ready true when every partition this instance owns can be asked and counting goes on
 * @param started whether it ever was ready
 * @param reasons why it is not; empty when it is
 * @param restoring the stores that are being restored, and those of the same round that are done
 */
public record Health(boolean alive, boolean ready, boolean started, List<String> reasons, List<Restore> restoring) {
    /** It was told to stop: nothing is wrong with it, and nobody should ask it any more. */
    public static final Health CLOSING = new Health(true, false, true, List.of("the instance is closing"), List.of());

    public Health {
        reasons = List.copyOf(reasons);
        restoring = List.copyOf(restoring);
    }

    /** Nothing is being restored; it was ready before if it is now. */
    public Health(boolean alive, boolean ready, List<String> reasons) {
        this(alive, ready, ready, reasons, List.of());
    }

    /** It must be restarted, or worse. */
    public static Health stopped(String reason) {
        return new Health(false, false, List.of(reason));
    }

    /** This, and one more reason not to be ready. */
    public Health waitingFor(String reason) {
        var more = new ArrayList<>(reasons);
        more.add(reason);
        return new Health(alive, false, started, more, restoring);
    }

    /** This, of an instance that was ready before, or was not. */
    public Health startedBefore(boolean before) {
        return new Health(alive, ready, before, reasons, restoring);
    }

    /** Of all that is to be restored, how much is; 100 where nothing is. */
    public int restoredPercent() {
        long total = restoring.stream().mapToLong(Restore::total).sum();
        long restored = restoring.stream().mapToLong(Restore::restored).sum();
        return total == 0 ? 100 : (int) (100 * restored / total);
    }
}
