package io.tidemark.dev.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.dev.observability.PromQl.Aggregate;
import io.tidemark.dev.observability.PromQl.Binary;
import io.tidemark.dev.observability.PromQl.Call;
import io.tidemark.dev.observability.PromQl.Grouping;
import io.tidemark.dev.observability.PromQl.Literal;
import io.tidemark.dev.observability.PromQl.Matcher;
import io.tidemark.dev.observability.PromQl.Series;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {
    private static final Series UP = new Series("up", List.of());

    @Test
    void readsSeriesWithTheirMatchers() {
        assertThat(PromQl.parse("up{job=\"a\", path!~'/x\\\\.y,z}'}[5m]"))
                .isEqualTo(new Series(
                        "up", List.of(new Matcher("job", "=", "a"), new Matcher("path", "!~", "/x\\.y,z}"))));
    }

    @Test
    void readsLabelsBeforeAndBehindWhatIsAggregated() {
        var expected = new Aggregate("sum", Optional.of(new Grouping("by", List.of("a", "b"))), List.of(UP));
        assertThat(PromQl.parse("sum by (a, b) (up)")).isEqualTo(expected);
        assertThat(PromQl.parse("sum(up) by (a,b)")).isEqualTo(expected);
    }

    @Test
    void bindsAsPrometheusDoes() {
        PromQl one = new Literal("1");
        assertThat(PromQl.parse("up + 1 * 1 > 1 and on (a) up"))
                .isEqualTo(new Binary(
                        "and",
                        binary(">", binary("+", UP, binary("*", one, one)), one),
                        UP,
                        Optional.of(new Grouping("on", List.of("a"))),
                        Optional.empty()));
        assertThat(PromQl.parse("1 - up - 1")).isEqualTo(binary("-", binary("-", one, UP), one));
    }

    @Test
    void readsFunctionsOfWhatEverThereIs() {
        assertThat(PromQl.parse("histogram_quantile(0.99, rate(up[5m])) # a comment"))
                .isEqualTo(new Call("histogram_quantile", List.of(new Literal("0.99"), new Call("rate", List.of(UP)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sum(",
                "sum by (a (up)",
                "up up",
                "raet(up[5m])",
                "up{a=b}",
                "up{a=\"b\"",
                "up[]",
                "up[five]",
                "up +",
                "sum(up) by (a) (up)",
                "up ~ 1"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> PromQl.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Binary binary(String operator, PromQl left, PromQl right) {
        return new Binary(operator, left, right, Optional.empty(), Optional.empty());
    }
}
