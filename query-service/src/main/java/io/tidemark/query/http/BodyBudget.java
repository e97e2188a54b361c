package io.tidemark.query.http;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies may still be held. What is taken is given back when its request has been answered. */
final class BodyBudget {
    private final AtomicLong left;

    BodyBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    /** Takes so many bytes, or none where there are not so many. */
    boolean take(int bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    void give(int bytes) {
        left.addAndGet(bytes);
    }

    long left() {
        return left.get();
    }
}
