package io.tidemark.streams.recount;

import io.tidemark.streams.directory.Pseudonym;
import io.tidemark.streams.reading.PageLength;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/** Asks for what is served and compares it with what was counted again, of all lengths of pages at once: who is asked and who compares would take turns otherwise. */
final class Asking implements AutoCloseable {
    /** Of more customers than these, all are asked for. */
    private static final int MOST_BY_NAME = 50;

    private final RecountQuestion question;
    private final Recounted recounted;
    private final ServedPages served;
    private final SortedMap<PageLength, Long> compared = new TreeMap<>();
    private final Set<String> erased = new TreeSet<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(PageLength.values().length, task -> {
        var thread = new Thread(task, "tidemark-recount-pages");
        thread.setDaemon(true);
        return thread;
    });

    Asking(RecountQuestion question, Recounted recounted, ServedPages served) {
        this.question = question;
        this.recounted = recounted;
        this.served = served;
    }

    /** All pages of a length, as they were told, before what differs is known. */
    private record Told(PageLength length, Comparing comparing, Instant keptFrom) {}

    /**
     * What differs of all that was asked for.
     *
     * @param position that each answer must contain
     */
    SortedMap<SlotName, Wrong> all(String position) {
        return compare(any -> true, List.of(question.customer()), position);
    }

    /** What still differs of what did; all of an identity is one customer's, so others need not be looked at. */
    SortedMap<SlotName, Wrong> again(SortedMap<SlotName, Wrong> wrong, String position) {
        var customers = new TreeSet<String>();
        wrong.keySet().forEach(slot -> customers.add(slot.owner().customer()));
        return customers.size() > MOST_BY_NAME
                ? all(position)
                : compare(
                        customers::contains,
                        customers.stream().map(Optional::of).toList(),
                        position);
    }

    private SortedMap<SlotName, Wrong> compare(
            Predicate<String> customers, List<Optional<String>> each, String position) {
        recounted.disputes().open();
        var comparing = new ArrayList<Comparing>();
        for (PageLength length : PageLength.values()) {
            comparing.add(new Comparing(length, recounted, question, customers, List.copyOf(comparing)));
        }
        List<Future<Told>> asked = comparing.stream()
                .map(one -> threads.submit(() -> told(one, each, position)))
                .toList();
        var wrong = new TreeMap<SlotName, Wrong>();
        // Longer pages have what shorter ones lack: all first.
        for (Told told : asked.stream().map(Asking::await).toList()) {
            wrong.putAll(told.comparing().end(RecountQuestion.minute(told.keptFrom())));
            compared.merge(told.length(), told.comparing().pages(), Math::max);
        }
        erased.addAll(Erased.explain(wrong, Pseudonym::is));
        return wrong;
    }

    private Told told(Comparing comparing, List<Optional<String>> each, String position) {
        PageLength length = comparing.length();
        Instant kept = question.from();
        for (Optional<String> one : each) {
            Instant from = served.each(length, question.from(), question.to(), one, position, comparing::page);
            kept = from.isAfter(kept) ? from : kept;
        }
        return new Told(length, comparing, kept);
    }

    private static Told await(Future<Told> told) {
        try {
            return told.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRecount("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new CannotRecount("what is served cannot be asked for: " + e.getCause(), e);
        }
    }

    /** How many pages were compared, by their length. */
    SortedMap<PageLength, Long> compared() {
        return compared;
    }

    /** How many pseudonyms there are under which all is as it must be. */
    int erased() {
        return erased.size();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
