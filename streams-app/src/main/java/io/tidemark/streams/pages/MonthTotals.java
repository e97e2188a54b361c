package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Series;
import java.time.YearMonth;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** What a customer used in one UTC month, read inside its task: all that was added so far. */
public final class MonthTotals {
    private MonthTotals() {}

    /** The month an event is counted in, in months since 1970-01. */
    public static int monthOf(Event event) {
        return Granularity.MONTH.period(Minutes.of(event));
    }

    /** The calendar month of a number of months since 1970-01. */
    public static YearMonth calendar(int month) {
        return YearMonth.of(1970, 1).plusMonths(month);
    }

    /**
     * The sums of each series that has any in that month, in stored units.
     *
     * @param known all series of the customer
     */
    public static SortedMap<Series, Amounts> of(
            KeyValueStore<Bytes, byte[]> hot, String tenant, String customer, int month, Set<Series> known) {
        var totals = new TreeMap<Series, Amounts>();
        TaskPages pages = TaskPages.of(hot);
        for (Series series : known) {
            Amounts sums = Amounts.of(series.kind());
            if (pages.sum(new PageKey(tenant, Granularity.MONTH, month, customer, series), sums)) {
                totals.put(series, sums);
            }
        }
        return totals;
    }
}
