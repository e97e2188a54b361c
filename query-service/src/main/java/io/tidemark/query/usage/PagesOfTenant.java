package io.tidemark.query.usage;

import io.javalin.http.Context;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Answer.Found;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsagePages;
import io.tidemark.streams.reading.UsagePages.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pages as they are kept, all of a tenant's or a customer's: one partition after the other, each from its first page to its last, so that nothing is
 * read twice.
 */
public final class PagesOfTenant implements CallerHandler {
    /** Bounds what one answer is: a little more than what one partition tells at once. */
    private static final int MOST_SLOTS = 20_000;

    private static final Problem UNKNOWN = Problem.of(Problem.Kind.NOT_FOUND, "Nothing was ever counted.");

    private final Parts parts;
    private final PagesParser parser;

    public PagesOfTenant(Parts parts, PeriodParser periods, Customers customers) {
        this.parts = parts;
        parser = new PagesParser(periods, customers);
    }

    @Override
    public void handle(Context context, Caller caller) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        Optional<PagesAsked> understood = parser.parse(caller.tenant(), parameters, faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        Replies.answer(
                context, new Gathering(caller.tenant(), understood.orElseThrow()).answer(), UNKNOWN, body -> body);
    }

    /** One answer, while it is put together. */
    private final class Gathering {
        private final String tenant;
        private final PagesAsked asked;
        private final List<UsagePages.Page> pages = new ArrayList<>();
        private final List<Freshness> freshness = new ArrayList<>();
        private final Set<Integer> missing = new TreeSet<>();
        private Period period;
        private Optional<PageCursor> next = Optional.empty();

        Gathering(String tenant, PagesAsked asked) {
            this.tenant = tenant;
            this.asked = asked;
            period = asked.period();
        }

        Answer<PagesBody> answer() {
            int partition = asked.partition();
            Optional<Name> behind = asked.behind();
            while (true) {
                Answer<Part<UsagePages>> said =
                        ask(partition, asked.question(tenant, behind, asked.limit() - pages.size()));
                if (!(said instanceof Found<Part<UsagePages>> found)) {
                    // Who goes on there hears why it cannot be told.
                    return freshness.isEmpty() ? refusal(said) : whole(asked.cursor(partition, behind));
                }
                UsagePages some = found.value().value();
                take(some, found.value().freshness());
                if (some.more()) {
                    return whole(asked.cursor(partition, Optional.of(last())));
                }
                if (asked.customer().isPresent()) {
                    return whole();
                }
                partition++;
                behind = Optional.empty();
                if (partition >= some.partitions()) {
                    return whole();
                }
                if (pages.size() >= asked.limit() || slots() >= MOST_SLOTS) {
                    return whole(asked.cursor(partition, behind));
                }
            }
        }

        /** One customer's pages lie in one partition, whichever the question begins with. */
        private Answer<Part<UsagePages>> ask(int partition, UsagePages.Question question) {
            return asked.customer()
                    .map(one -> parts.ofCustomer(UsagePages.KIND, question, tenant, one, asked.waiting()))
                    .orElseGet(() -> parts.of(UsagePages.KIND, question, Set.of(partition), asked.waiting()));
        }

        private void take(UsagePages some, Freshness fresh) {
            pages.addAll(some.pages());
            freshness.add(fresh);
            missing.addAll(fresh.missingPartitions());
            // Where one partition keeps less than another, what all of them keep.
            period = some.period().from().isAfter(period.from()) ? some.period() : period;
        }

        private int slots() {
            return pages.stream().mapToInt(page -> page.slots().size()).sum();
        }

        private Name last() {
            return pages.get(pages.size() - 1).name();
        }

        private Answer<PagesBody> whole(PageCursor goOn) {
            next = Optional.of(goOn);
            return whole();
        }

        private Answer<PagesBody> whole() {
            return new Found<>(PagesBody.of(tenant, asked, period, pages, next, Freshness.ofAll(freshness, missing)));
        }
    }

    private static Answer<PagesBody> refusal(Answer<Part<UsagePages>> said) {
        return said.fold(new Answer.Cases<Part<UsagePages>, Answer<PagesBody>>(
                found -> {
                    throw new IllegalStateException("it was found");
                },
                Answer.NotFound::new,
                Answer.NotReady::new,
                Answer.Unclear::new));
    }
}
