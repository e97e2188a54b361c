package io.tidemark.streams.reading;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether events are being counted and questions can be answered.
 *
 * @param alive false when the process cannot recover by itself and should be restarted
 * @param ready true when every partition this instance owns can be asked and counting goes on
 * @param reasons why it is not; empty when it is
 */
public record Health(boolean alive, boolean ready, List<String> reasons) {
    /** It was told to stop: nothing is wrong with it, and nobody should ask it any more. */
    public static final Health CLOSING = new Health(true, false, List.of("the instance is closing"));

    public Health {
        reasons = List.copyOf(reasons);
    }

    /** This, and one more reason not to be ready. */
    public Health waitingFor(String reason) {
        var more = new ArrayList<>(reasons);
        more.add(reason);
        return new Health(alive, false, more);
    }
}
