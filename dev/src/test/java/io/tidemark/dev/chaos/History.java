package io.tidemark.dev.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every call that was made, in the order in which they ended. */
final class History {
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    void add(Call call) {
        calls.add(call);
    }

    /** A reply that the API's document does not name. */
    void complain(String complaint) {
        complaints.add(complaint);
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Those that began in that time. */
    List<Call> between(Instant from, Instant to) {
        return calls.stream()
                .filter(call -> !call.start().isBefore(from) && call.start().isBefore(to))
                .toList();
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }
}
