package io.tidemark.dev.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That a wrong expression is found; the right ones are compared with what a product serves by {@link MetricsAreServedIT}. */
class WatchedTest {
    private static final Exposition SERVED =
            Exposition.scraped(List.of("""
            # HELP records_total Records, "and" what became {of} them
            # TYPE records_total counter
            records_total{topic="a",fate="counted"} 1.0E7
            records_total{topic="a",fate="a \\"quoted\\" one, {really}"} 3.0
            lag{topic="a"} 0.0
            time_seconds_bucket{le="+Inf"} 4
            """), Map.of("application", "app", "job", "tidemark"));

    @Test
    void readsWhatIsServed() {
        assertThat(SERVED.series().get("records_total"))
                .containsExactly(
                        Map.of(
                                "topic",
                                "a",
                                "fate",
                                "counted",
                                "application",
                                "app",
                                "job",
                                "tidemark",
                                "instance",
                                "instance-0"),
                        Map.of(
                                "topic",
                                "a",
                                "fate",
                                "a \\\"quoted\\\" one, {really}",
                                "application",
                                "app",
                                "job",
                                "tidemark",
                                "instance",
                                "instance-0"));
        assertThat(SERVED.helps()).containsEntry("records_total", "Records, \"and\" what became {of} them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum by (fate) (rate(records_total{topic=\"a\",application=~\".*\"}[5m])) > 0 | fate",
                "records_total / on (application, topic) lag | topic",
                "sum by (application) (lag) and sum by (application) (records_total) > 3 | application",
                "time() - max by (topic) (lag) | topic",
                "histogram_quantile(0.9, sum by (le, job) (time_seconds_bucket)) | job",
                "topk(3, sum by (topic) (lag)) | topic",
                "sum without (fate) (records_total) | instance",
                "up == 0 | job"
            })
    void findsNothingInWhatIsRight(String expression, String said) {
        assertThat(faults(expression, said)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate(record_total[5m]) | topic | no metric record_total",
                "sum by (fat) (records_total) | fat | no label fat for by",
                "sum(records_total{topik=\"a\"}) by (topic) | topic | no label topik",
                "records_total{fate=\"lost\"} | topic | no series of records_total meets",
                "sum by (fate) (records_total) | topic | the text names topic",
                "sum(records_total) | topic | the text names topic",
                "records_total / lag | topic | never match",
                "sum by (fate) (records_total) and sum by (topic) (lag) | fate | never match",
                "lag and on (fate) records_total | topic | no label fate for on",
                "histogram_quantile(0.9, sum by (job) (time_seconds_bucket)) | job | no label le",
                "sum by (topic) (sum by (fate) (records_total)) | topic | no label topic for by",
                "1 + (2 * (lag > on (topic) absnt_total)) | topic | no metric absnt_total"
            })
    void findsWhatIsMisspelt(String expression, String said, String fault) {
        assertThat(faults(expression, said)).anyMatch(found -> found.contains(fault));
    }

    @Test
    void excusesAMatcherAndNothingElse() {
        var lost = new Watched("here", "records_total{fate=\"lost\"}", Set.of());
        assertThat(lost.faults(SERVED, Set.of("fate=\"lost\""))).isEmpty();
        assertThat(lost.faults(SERVED, Set.of("fate=\"found\""))).hasSize(1);
    }

    private static List<String> faults(String expression, String said) {
        return new Watched("here", expression, Set.of(said)).faults(SERVED, Set.of());
    }
}
