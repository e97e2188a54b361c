package io.tidemark.query.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.period.Durations;
import io.tidemark.query.period.Moment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonBodyTest {
    private final Faults faults = new Faults();

    @Test
    void takesEveryFieldInEitherSpelling() {
        var body = of("""
                {"external_id":"c 1","displayName":"Ada","is_active":false,"scopes":["read","write"],
                 "metadata":{"some_key":"x","someKey":"y"},"expiresAt":"2026-10-01T02:00:00+02:00","overlap":"24h"}""");
        assertThat(body.text("external_id", 10)).hasValue("c 1");
        assertThat(body.text("name", 10, "display_name")).hasValue("Ada");
        assertThat(body.flag("is_active")).hasValue(false);
        assertThat(body.texts("scopes", 2, 5)).hasValue(List.of("read", "write"));
        assertThat(body.map("metadata", 2, 8)).hasValue(Map.of("some_key", "x", "someKey", "y"));
        assertThat(body.parsed("expires_at", Moment::exactly, Moment.COMPLAINT))
                .hasValue(Instant.parse("2026-10-01T00:00:00Z"));
        assertThat(body.parsed("overlap", Durations::parse, "")).hasValue(Duration.ofDays(1));
        body.allowNothingElse();
        assertThat(faults.all()).isEmpty();
    }

    @Test
    void refusesAnExponentThatNoDecimalCanHave() {
        JsonBody.of("{\"quantity\":1e2147483648}".getBytes(StandardCharsets.UTF_8), faults);
        assertThat(faults.all()).hasSize(1);
    }

    @Test
    void takesNullAsAbsent() {
        var body = of("{\"name\":null,\"isActive\":null,\"is_active\":true}");
        assertThat(body.text("name", 10)).isEmpty();
        assertThat(body.has("name")).isFalse();
        assertThat(body.flag("is_active")).hasValue(true);
        body.allowNothingElse();
        assertThat(faults.all()).isEmpty();
    }

    @Test
    void findsEveryFaultAtOnceAndPointsAtIt() {
        var body = of("""
                {"name":"a\\u0000b","is_active":"yes","scopes":["read",7],"metadata":{"a/b~c":1},"expires_at":"soon",
                 "external_id":"x","externalId":"x","a/b":1,"long":"ääää","half":"\\ud800"}""");
        body.text("name", 10);
        body.flag("is_active");
        body.texts("scopes", 9, 9);
        body.map("metadata", 9, 9);
        body.parsed("expires_at", Moment::exactly, Moment.COMPLAINT);
        body.text("external_id", 9);
        body.text("long", 3);
        body.text("half", 3);
        body.needs("tenant");
        body.allowNothingElse();
        assertThat(faults.all())
                .extracting(Fault::pointer)
                .containsExactly(
                        "/name",
                        "/is_active",
                        "/scopes/1",
                        "/metadata/a~1b~0c",
                        "/expires_at",
                        "/externalId",
                        "/long",
                        "/half",
                        "/tenant",
                        "/a~1b");
    }

    @Test
    void boundsListsAndMaps() {
        var body = of("{\"list\":[\"a\",\"b\"],\"map\":{\"a\":\"1\",\"b\":\"2\"},\"text\":\"\"}");
        assertThat(body.texts("list", 1, 9)).isEmpty();
        assertThat(body.map("map", 1, 9)).isEmpty();
        assertThat(body.text("text", 9)).isEmpty();
        assertThat(faults.all()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "null",
                "\"x\"",
                "{",
                "{\"a\":1}{}",
                "{\"a\":1,\"a\":1}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":\"\n\"}",
                "\uFEFF{}"
            })
    void isOneObjectAndNothingElse(String text) {
        of(text).needs("name");
        assertThat(faults.all()).singleElement().extracting(Fault::pointer).isEqualTo("");
    }

    @Test
    void isUtf8() {
        JsonBody.of("{\"a\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1), faults);
        JsonBody.of("{}".getBytes(StandardCharsets.UTF_16LE), faults);
        assertThat(faults.all()).hasSize(2);
    }

    @Test
    void namesTheFieldThatStandsTwice() {
        of("{\"tenant\":\"a\",\n \"tenant\":\"b\"}");
        assertThat(faults.all().get(0).message()).contains("tenant", "line 2").doesNotContain("Source");
    }

    private JsonBody of(String text) {
        return JsonBody.of(text.getBytes(StandardCharsets.UTF_8), faults);
    }
}
