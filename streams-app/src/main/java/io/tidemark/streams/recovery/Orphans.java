package io.tidemark.streams.recovery;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which open transactions have nobody any more who could commit them.
 *
 * <p>A thread commits offsets as a member of the group, and only while it is one: the broker refuses a transaction's offsets of anybody else.
 * So a transaction whose thread is not in the group, asked for after the transaction, cannot be committed any more, whether its process
 * is dead or believes otherwise.
 *
 * <p>It must be so at two looks: one may fall into the moments in which another instance has just ended it.
 */
final class Orphans {
    private final String application;
    private Map<String, Long> suspects = Map.of();

    Orphans(String application) {
        this.application = application;
    }

    String application() {
        return application;
    }

    /**
     * The transactional ids to end, by this look and the one before.
     *
     * @param open by transactional id, the producer's id
     * @param members the client ids in the group, asked for after {@code open}
     */
    List<String> among(Map<String, Long> open, Collection<String> members) {
        Map<String, Long> before = suspects;
        suspects = withoutMember(open, members);
        return suspects.entrySet().stream()
                .filter(now -> now.getValue().equals(before.get(now.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Nothing was open at this look. */
    void none() {
        suspects = Map.of();
    }

    private Map<String, Long> withoutMember(Map<String, Long> open, Collection<String> members) {
        Set<ThreadName> present = new HashSet<>();
        for (String client : members) {
            Optional<ThreadName> thread = ThreadName.ofMember(application, client);
            if (thread.isEmpty()) {
                // Somebody whose transactions cannot be told from others': any of them may be theirs.
                return Map.of();
            }
            present.add(thread.get());
        }
        var without = new HashMap<String, Long>();
        open.forEach((id, producer) -> ThreadName.ofTransactions(application, id)
                .filter(thread -> !present.contains(thread))
                .ifPresent(dead -> without.put(id, producer)));
        return without;
    }

    /** Those of a process alone: its own former life's, when it asks before it has begun. */
    List<String> of(String process, Collection<String> open) {
        return open.stream()
                .filter(id -> ThreadName.ofTransactions(application, id)
                        .filter(thread -> thread.process().equals(process))
                        .isPresent())
                .sorted()
                .toList();
    }
}
