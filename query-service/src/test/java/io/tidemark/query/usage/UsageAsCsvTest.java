package io.tidemark.query.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.FakeUsage;
import io.tidemark.query.OpenDoor;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageByCustomer.Row;
import io.tidemark.streams.reading.UsageSeries;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
final class UsageAsCsvTest {
    private static final String BY_CUSTOMER = "/api/v1/usage/by-customer";
    private static final String OCTOBER = "period=2026-10&timezone=Europe/Berlin";
    private static final String ID = "0198a7c0-1b6e-7c3a-9d52-3f1f5a0c7e21";

    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    private HttpResponse<String> csv(String path) throws Exception {
        return door.get(path, "X-Api-Key", OpenDoor.KEY, "Accept", "text/csv");
    }

    private String rows(String path) throws Exception {
        HttpResponse<String> answer = csv(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static Sums sums(String credits, Map<String, String> cost) {
        var amounts = new TreeMap<String, BigDecimal>();
        cost.forEach((currency, amount) -> amounts.put(currency, new BigDecimal(amount)));
        return new Sums(
                2,
                new BigInteger("12345678901234567890"),
                BigInteger.ONE,
                BigInteger.ZERO,
                BigInteger.ZERO,
                new BigDecimal("-3.500000000"),
                new BigDecimal(credits),
                amounts);
    }

    private void has(boolean more, Freshness freshness, Row... rows) {
        Sums totals = List.of(rows).stream().map(Row::sums).reduce(Sums.NONE, Sums::plus);
        door.usage.answersForAllWith(asked -> new Answer.Found<>(new UsageByCustomer(
                asked.period(),
                asked.query().sortBy().orElse(SortBy.CREDITS),
                List.of(rows),
                totals,
                4,
                new BigDecimal("3"),
                rows.length,
                0,
                more,
                freshness)));
    }

    private static Row row(String externalId, Optional<String> name, Sums sums, String value) {
        return new Row(externalId, name.map(any -> UUID.fromString(ID)), name, 2, sums, new BigDecimal(value));
    }

    @Test
    void hasARowForEachCustomerAndAColumnForEachCurrencyOfTheTotals() throws Exception {
        has(
                false,
                FakeUsage.FRESH,
                row("c,1", Optional.of("Ann \"A\"\nÄß"), sums("2.000000000", Map.of("USD", "0.004200000")), "2"),
                row("c2", Optional.empty(), sums("-1", Map.of("EUR", "10", "USD", "-7")), "-1"));
        assertThat(rows(BY_CUSTOMER + "?" + OCTOBER))
                .isEqualTo(
                        "customer_id,external_id,name,from,to,requests,input_tokens,output_tokens,credits,cost_eur,cost_usd,share\r\n"
                                + ID
                                + ",\"c,1\",\"Ann \"\"A\"\"\nÄß\",2026-10-01T00:00:00+02:00,2026-11-01T00:00:00+01:00,"
                                + "2,12345678901234567890,1,2,,0.0042,0.666667\r\n"
                                + "\"\",c2,,2026-10-01T00:00:00+02:00,2026-11-01T00:00:00+01:00,"
                                + "2,12345678901234567890,1,-1,10,-7,-0.333333\r\n");
        assertThat(rows(BY_CUSTOMER + "?sort_by=external_id&meter=gb&currency=NPR&" + OCTOBER))
                .as("no share of names, the quantity of one meter, the currency that was asked for")
                .startsWith("customer_id,external_id,name,from,to,requests,input_tokens,output_tokens,quantity,credits,"
                        + "cost_eur,cost_npr,cost_usd\r\n")
                .contains(",-3.5,-1,10,,-7\r\n");
    }

    @Test
    void saysBesideTheRowsWhatJsonSays() throws Exception {
        has(false, new Freshness(OpenDoor.NOW, List.of(3, 7), "some"), row("c", Optional.empty(), Sums.NONE, "0"));
        HttpResponse<String> answer = csv(BY_CUSTOMER + "?" + OCTOBER);
        assertThat(header(answer, "Content-Type")).isEqualTo("text/csv; charset=utf-8; header=present");
        assertThat(header(answer, "Content-Disposition"))
                .isEqualTo("attachment; filename=\"usage-by-customer-2026-10-01-2026-11-01.csv\"");
        assertThat(header(answer, "Tidemark-As-Of")).isEqualTo("2026-10-20T12:34:56Z");
        assertThat(header(answer, "Tidemark-Complete")).isEqualTo("false");
        assertThat(header(answer, "Tidemark-Missing-Partitions")).isEqualTo("3, 7");
        assertThat(header(answer, "Tidemark-Position")).isEqualTo("some");
        assertThat(header(answer, "Vary")).isEqualTo("Accept");
        assertThat(answer.headers().firstValue("Link")).isEmpty();
        assertThat(header(door.get(BY_CUSTOMER), "Vary")).isEqualTo("Accept");
        assertThat(door.get(BY_CUSTOMER).headers().firstValue("Tidemark-Position"))
                .isEmpty();
    }

    @Test
    void leadsToTheNextPageInTheSameZone() throws Exception {
        has(true, FakeUsage.FRESH, row("c", Optional.empty(), Sums.NONE, "0"));
        String path = BY_CUSTOMER + "?" + OCTOBER.replace("/", "%2F") + "&format=csv&limit=1";
        String link = header(door.get(path), "Link");
        assertThat(link).matches("<" + BY_CUSTOMER + "\\?cursor=[^&]+&.*format=csv.*>; rel=\"next\"");
        HttpResponse<String> next = door.get(link.substring(1, link.indexOf('>')));
        assertThat(next.body()).contains("2026-10-01T00:00:00+02:00");
        assertThat(door.usage.askedForAll.get(1).query().after()).isPresent();
        String cursor = link.replaceFirst(".*cursor=([^&]+)&.*", "$1");
        assertThat(rows(BY_CUSTOMER + "?cursor=" + cursor)).contains("2026-10-01T00:00:00+02:00");
    }

    @Test
    void isNoFormula() throws Exception {
        has(false, FakeUsage.FRESH, row("-1", Optional.of("=HYPERLINK(\"http://x\")"), sums("-1", Map.of()), "-1"));
        assertThat(rows(BY_CUSTOMER))
                .contains(",'-1,\"'=HYPERLINK(\"\"http://x\"\")\",")
                .contains(",-1,-0.333333\r\n");
    }

    private static UsageSeries hours(UsageSeries.Asked asked) {
        var windows = new ArrayList<>(Collections.nCopies(asked.bounds().size() - 1, List.<MeterUsage>of()));
        windows.set(
                1,
                List.of(
                        new MeterUsage(EventKind.REQUEST, "requests", sums("1.5", Map.of("EUR", "0.000000001"))),
                        new MeterUsage(EventKind.USAGE, "-gb", sums("0", Map.of("USD", "-1")))));
        return new UsageSeries(true, asked.period(), Optional.empty(), windows);
    }

    /** The night in which Berlin has the hour from two to three twice. */
    @Test
    void hasARowForEachWindowAsAClockOfTheZoneShowsIt() throws Exception {
        door.parts().answer(UsageSeries.KIND, UsageAsCsvTest::hours);
        String night = "from=2026-10-24T23:00:00Z&to=2026-10-25T03:00:00Z&timezone=Europe/Berlin&window=hour";
        assertThat(rows("/api/v1/usage?" + night).lines().toList())
                .containsExactly(
                        "from,to,requests,input_tokens,output_tokens,cached_input_tokens,reasoning_tokens,credits,cost_eur,"
                                + "cost_usd,quantity_-gb",
                        "2026-10-25T01:00:00+02:00,2026-10-25T02:00:00+02:00,0,0,0,0,0,0,,,",
                        "2026-10-25T02:00:00+02:00,2026-10-25T02:00:00+01:00,2,24691357802469135780,2,0,0,1.5,0.000000001,-1,-3.5",
                        "2026-10-25T02:00:00+01:00,2026-10-25T03:00:00+01:00,0,0,0,0,0,0,,,",
                        "2026-10-25T03:00:00+01:00,2026-10-25T04:00:00+01:00,0,0,0,0,0,0,,,");
        HttpResponse<String> ofOne = csv("/api/v1/customer-by-external-id/a%2F..%22b/usage?" + night);
        assertThat(header(ofOne, "Content-Disposition"))
                .isEqualTo("attachment; filename=\"usage-a-..-b-2026-10-25-2026-10-25.csv\"");
        assertThat(ofOne.body().lines().skip(2).findFirst().orElseThrow())
                .startsWith("\"\",\"a/..\"\"b\",,2026-10-25T02:00:00+02:00,2026-10-25T02:00:00+01:00,2,");
    }

    /** Kathmandu is 5:45 ahead; Lord Howe changes its clocks by half an hour. */
    @ParameterizedTest
    @CsvSource({
        "Asia/Kathmandu, 2026-10-04T00:00:00+05:45, 2026-10-05T00:00:00+05:45",
        "Australia/Lord_Howe, 2026-10-04T00:00:00+10:30, 2026-10-05T00:00:00+11:00",
        "UTC, 2026-10-04T00:00:00Z, 2026-10-05T00:00:00Z"
    })
    void cutsDaysInAnyZone(String zone, String from, String to) throws Exception {
        door.parts()
                .<UsageSeries.Asked, UsageSeries>answer(
                        UsageSeries.KIND,
                        asked -> new UsageSeries(
                                true, asked.period(), Optional.empty(), List.of(List.<MeterUsage>of())));
        assertThat(rows("/api/v1/usage?window=day&period=2026-10-04&timezone=" + zone)
                        .lines()
                        .skip(1))
                .singleElement()
                .asString()
                .startsWith(from + "," + to + ",0,");
        assertThat(rows("/api/v1/usage?period=2026-10-04&timezone=" + zone)
                        .lines()
                        .skip(1))
                .as("without windows there is one")
                .singleElement()
                .asString()
                .startsWith(from + "," + to + ",0,");
    }

    @Test
    void isOneRowOfACustomerWithoutWindows() throws Exception {
        assertThat(rows("/api/v1/customers/c/usage?" + OCTOBER).lines().toList())
                .containsExactly(
                        "customer_id,external_id,name,from,to,requests,input_tokens,output_tokens,cached_input_tokens,reasoning_tokens,"
                                + "credits,cost_eur,cost_usd,quantity_gb",
                        "\"\",c,,2026-10-01T00:00:00+02:00,2026-11-01T00:00:00+01:00,3,12345678901234567890,10,0,1,1.25,"
                                + "12345678901234567890123456789.000000001,0.0042,0");
    }

    @Test
    void hasASafeNameAtTheEndOfTimeToo() throws Exception {
        String end = "?from=9999-12-31T00:00:00Z&to=9999-12-31T23:59:00Z&timezone=Pacific/Kiritimati";
        HttpResponse<String> answer = csv("/api/v1/customers/" + "x%3B%20".repeat(80) + "/usage" + end);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(header(answer, "Content-Disposition"))
                .matches("attachment; filename=\"usage-(x-)+-9999-12-31--10000-01-01.csv\"")
                .hasSizeLessThan(170);
        assertThat(answer.body()).contains(",9999-12-31T14:00:00+14:00,+10000-01-01T13:59:00+14:00,");
    }

    @Test
    void isJsonWhereItIsAProblem() throws Exception {
        for (String path : List.of(
                BY_CUSTOMER + "?format=xml",
                "/api/v1/usage?format=",
                "/api/v1/customers/c/usage?explain=true&format=csv",
                BY_CUSTOMER + "?limit=0")) {
            HttpResponse<String> answer = csv(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        }
        door.usage.answersForAll(new Answer.NotReady<>(Answer.Reason.MOVING, "it moves"));
        assertThat(csv(BY_CUSTOMER).statusCode()).isEqualTo(503);
    }

    @Test
    void leavesTotalsOutWhereRowsAloneAreAskedFor() throws Exception {
        has(true, FakeUsage.FRESH, row("c", Optional.empty(), Sums.NONE, "0"));
        JsonNode body = OpenDoor.json(door.get(BY_CUSTOMER + "?sort_by=external_id&rows_only=true"));
        assertThat(body.get("totals").isNull()).isTrue();
        assertThat(body.get("excluded").isNull()).isTrue();
        assertThat(body.get("data")).hasSize(1);
        assertThat(door.usage.askedForAll.get(0).query().rowsOnly()).isTrue();
        String cursor = body.at("/meta/next_cursor").asText();
        assertThat(door.get(BY_CUSTOMER + "?rows_only=true&cursor=" + cursor).statusCode())
                .isEqualTo(200);
        assertThat(OpenDoor.json(door.get(BY_CUSTOMER + "?cursor=" + cursor))
                        .get("totals")
                        .isObject())
                .as("a page may say them all the same")
                .isTrue();
        for (String wrong : List.of("", "&sort_by=cost", "&sort_by=external_id&sort_dir=desc")) {
            assertThat(OpenDoor.json(door.get(BY_CUSTOMER + "?rows_only=true" + wrong))
                            .at("/errors/0/parameter")
                            .asText())
                    .isEqualTo("rows_only");
        }
        String rowsOnly = BY_CUSTOMER + "?sort_by=external_id&rows_only=true";
        assertThat(OpenDoor.json(csv(rowsOnly)).at("/errors/0/parameter").asText())
                .isEqualTo("format");
        assertThat(rows(rowsOnly + "&currency=USD")).contains(",cost_usd\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv | csv",
                "TEXT/CSV; charset=utf-8; header=present | csv",
                "text/* | csv",
                "*/* | json",
                "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8 | json",
                "application/json | json",
                "application/json, text/csv | json",
                "application/json;q=0.5, text/csv | csv",
                "application/json;q=0.5, text/csv;q=0.501 | csv",
                "text/csv;q=0.5, */* | json",
                "text/csv, */*;q=0.1 | csv",
                "text/csv;q=0, text/* | json",
                "application/json;q=0, */* | csv",
                "text/*;q=0.3, text/csv;q=0.7, application/json;q=0.5 | csv",
                "text/csv;q=2 | json",
                "text/csv;q=x, application/json;q=0.1 | json",
                "image/png | json",
                "'' | json",
                ";;,,; | json",
                "\"text/csv\" | json"
            })
    void isWhatAcceptWeighsHighestAndElseJson(String accept, String form) throws Exception {
        HttpResponse<String> answer = door.get(BY_CUSTOMER, "X-Api-Key", OpenDoor.KEY, "Accept", accept);
        assertThat(header(answer, "Content-Type")).contains(form);
    }

    @Test
    void isWhatTheParameterSaysBeforeAccept() throws Exception {
        assertThat(header(csv(BY_CUSTOMER + "?format=json"), "Content-Type")).isEqualTo("application/json");
        assertThat(header(door.get(BY_CUSTOMER + "?format=csv"), "Content-Type"))
                .startsWith("text/csv");
        HttpResponse<String> twice = door.get(
                BY_CUSTOMER, "X-Api-Key", OpenDoor.KEY, "Accept", "application/json;q=0.1", "Accept", "text/csv;q=0.2");
        assertThat(header(twice, "Content-Type")).as("a header may come twice").startsWith("text/csv");
    }

    @Test
    void isNoAnswerOfWhatHasNoRows() throws Exception {
        assertThat(header(csv("/api/v1/customers"), "Content-Type")).isEqualTo("application/json");
        var period = new Period(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
        door.usage.answersForAll(new Answer.Found<>(new UsageByCustomer(
                period, SortBy.COST, List.of(), Sums.NONE, 0, BigDecimal.ZERO, 0, 0, false, FakeUsage.FRESH)));
        assertThat(rows(BY_CUSTOMER).lines()).as("a header all the same").hasSize(1);
    }
}
