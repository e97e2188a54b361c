package io.tidemark.streams.reading;

import io.tidemark.streams.event.EventKind;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Pages as they are kept: the raw material of every number that is answered.
 *
 * @param period those that lie in it are told; it begins later than was asked for where older pages of that length are kept no longer
 * @param more whether others follow behind the last of these
 * @param partitions of how many there are in all: each is asked by itself
 */
public record UsagePages(Period period, List<Page> pages, boolean more, int partitions) {
    public static final PartKind<Question, UsagePages> KIND =
            new PartKind<>("usage-pages", Question.class, UsagePages.class);

    public UsagePages {
        pages = List.copyOf(pages);
    }

    /** Which page it is: when it begins, and whose it is. */
    public record Name(Instant from, String externalId, EventKind kind, String meter, String currency) {}

    /** One page, with the slots that were added to. */
    public record Page(Name name, List<Slot> slots) {
        public Page {
            slots = List.copyOf(slots);
        }
    }

    /**
     * One slot.
     *
     * @param number from 0; a slot is as long as its page's length says
     * @param amounts as {@link io.tidemark.streams.event.NamedAmount} names them, in its units; those that are missing at the end are zero
     * @param onlyMinute where all of it fell into one minute, which that is, since the slot begins: no shorter page has it then; empty: shorter pages have it
     */
    public record Slot(int number, List<BigInteger> amounts, OptionalInt onlyMinute) {
        public Slot {
            amounts = List.copyOf(amounts);
        }
    }

    /**
     * Which pages are asked for.
     *
     * @param customer an external id; empty: those of all
     * @param behind the page after which to go on; empty: from the first
     * @param limit how many at most; fewer where they are large
     */
    public record Question(
            String tenant,
            PageLength length,
            Period period,
            Optional<String> customer,
            Optional<Name> behind,
            int limit) {}
}
