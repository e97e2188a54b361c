package io.tidemark.query.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.Source;
import io.tidemark.streams.intake.WholeRequest;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.requestlog.Breakdown;
import io.tidemark.streams.requestlog.BreakdownQuery;
import io.tidemark.streams.requestlog.Label;
import io.tidemark.streams.requestlog.LogPage;
import io.tidemark.streams.requestlog.LogQuery;
import io.tidemark.streams.requestlog.LogReach;
import io.tidemark.streams.requestlog.LoggedRequest;
import io.tidemark.streams.requestlog.Place;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Questions about requests, and what is said to them, arrive at a peer as they were. */
final class LogOnTheWireTest {
    private static final Instant AT = Instant.parse("2026-10-20T12:34:55.250001Z");
    private static final Place PLACE = new Place(1_792_499_695_250_001L, Source.REQUESTS, 3, 17);
    private static final LogReach REACH = new LogReach(Duration.ofDays(7), Optional.of(AT));

    @Test
    void pages() {
        arrives(new LogQuery(
                "acme",
                Optional.of("c"),
                Optional.of(AT),
                Optional.empty(),
                Map.of(Label.MODEL, "", Label.STATUS, "ok"),
                Optional.of(new LogQuery.Tag("a", "b")),
                Optional.of(PLACE),
                100));
        var said = new WholeRequest(
                "r",
                "",
                "acme",
                "größe-日本",
                AT,
                "",
                "",
                "m",
                "",
                "",
                "",
                OptionalLong.of(5),
                Long.MAX_VALUE,
                0,
                0,
                0,
                new BigDecimal("-0.500000000"),
                new BigDecimal("12345678901234567890123456789.000000001"),
                "USD",
                Map.of("a", "b"));
        arrives(new LogPage(List.of(new LoggedRequest(PLACE, AT, said)), Optional.of(PLACE), REACH));
        arrives(new LogPage(List.of(), Optional.empty(), new LogReach(Duration.ZERO, Optional.empty())));
    }

    @Test
    void breakdowns() {
        var period = new Period(Instant.EPOCH, Instant.parse("2026-10-20T12:34:00Z"));
        arrives(new BreakdownQuery("acme", "c", period, List.of(Label.MODEL, Label.FLOW)));
        arrives(new Breakdown(
                period, List.of(new Breakdown.Group(List.of("m", ""), Sums.NONE)), Optional.of("why"), REACH));
    }

    private static void arrives(Object sent) {
        assertThat(PeerWire.read(PeerWire.write(sent), sent.getClass()).map(Object.class::cast))
                .contains(sent);
    }
}
