package io.tidemark.streams.routing;

/** A peer gave no answer that could be used: it is gone, too slow, or not what it says it is. Another may be asked. */
public final class PeerFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public PeerFailed(String message) {
        super(message, null, false, false);
    }
}
