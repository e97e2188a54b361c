package io.tidemark.dev.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.publishing.EventPublisher;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A day of UTC before the sample's history, on which nothing happens but what a test sends: what is shown of it can be compared to the last digit
 * while the sample goes on. It has more customers than a page of the overview; some have names.
 */
final class OwnDay {
    static final int CUSTOMERS = 60;

    /** What would run, were it ever taken for HTML. */
    static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int BEFORE_TODAY = 32;

    private static final ZoneId UTC = ZoneId.of("UTC");

    private final LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(BEFORE_TODAY);
    private final AtomicInteger sent = new AtomicInteger();
    private final Api api;
    private final EventPublisher publisher;
    private final String tenant;

    OwnDay(Api api, EventPublisher publisher, String tenant) {
        this.api = api;
        this.publisher = publisher;
        this.tenant = tenant;
    }

    static String customer(int number) {
        return "team-%02d".formatted(number);
    }

    /** Sends what it has from the beginning, and waits until all of it is counted. */
    void begin() throws Exception {
        name(customer(7), "Ann \"the, first\" Baker");
        name(customer(8), "Zoë & Söhne");
        name(HOSTILE, HOSTILE);
        for (int i = 0; i < CUSTOMERS; i++) {
            send(customer(i), "gpt-" + i % 3, new BigDecimal("0.0101").multiply(BigDecimal.valueOf(i * 37 % 61)));
        }
        send(HOSTILE, HOSTILE, new BigDecimal("999"));
        usage();
    }

    private void name(String customer, String name) throws Exception {
        String body = "{\"external_id\":" + quoted(customer) + ",\"name\":" + quoted(name) + "}";
        assertThat(api.send("POST", "/api/v1/customers", body).statusCode()).isEqualTo(201);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\\\"") + '"';
    }

    /** As the period and the zone of a view's address. */
    String asked() {
        return asked(UTC);
    }

    /** The same by the calendar of a zone in which noon of UTC is on the same day. */
    String asked(ZoneId zone) {
        return "period=" + day + "&tz=" + zone;
    }

    /** The month that it is in. */
    YearMonth month() {
        return YearMonth.from(day);
    }

    /** What the API says of it once all is in it that was sent; with further parameters. */
    JsonNode usage(String... parameters) throws Exception {
        return usage(UTC, parameters);
    }

    /** The same of the day by the calendar of a zone. */
    JsonNode usage(ZoneId zone, String... parameters) throws Exception {
        var path = new StringBuilder("/api/v1/usage/by-customer?timezone=" + zone + "&period=" + day);
        List.of(parameters).forEach(parameter -> path.append('&').append(parameter));
        path.append("&after=").append(publisher.position());
        var answer = await().atMost(PATIENCE).until(() -> api.get(path.toString()), it -> it.statusCode() != 503);
        assertThat(answer.statusCode()).as(path.toString()).isEqualTo(200);
        return Api.parsed(answer.body());
    }

    /** Sends the use of a meter on that day, and waits until it is counted. */
    void use(String customer, String meter, BigDecimal quantity) {
        String id = "browser-" + sent.incrementAndGet();
        publisher.publish(
                EventKind.USAGE,
                Map.of(
                        "id", id,
                        "tenant_id", tenant,
                        "external_customer_id", customer,
                        "occurred_at", noon(),
                        "meter", meter,
                        "quantity", quantity));
        becomes("counted", customer, id);
    }

    private Instant noon() {
        return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    /** The token of a link to a customer, good for a week. */
    String link(String customer) throws Exception {
        String path = "/api/v1/customer-by-external-id/" + Api.encoded(customer) + "/share-links";
        var answer = api.send("POST", path, "{}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Api.parsed(answer.body()).get("token").asText();
    }

    /** Sends a request of that day through Kafka; its id. */
    String send(String customer, String model, BigDecimal cost) {
        return send(customer, noon(), Map.of("model", model, "cost", cost, "currency", "USD"));
    }

    /** Sends a request of any time through Kafka; its id. */
    String send(String customer, Instant at, Map<String, ?> more) {
        String id = "browser-" + sent.incrementAndGet();
        var fields = new HashMap<String, Object>(more);
        fields.putAll(Map.of("id", id, "tenant_id", tenant, "external_customer_id", customer, "occurred_at", at));
        fields.putIfAbsent("credits", new BigDecimal("0.125"));
        publisher.publish(EventKind.REQUEST, fields);
        return id;
    }

    /** Sends one that cannot be counted, and waits until that is known; its id. */
    String sendRejected(String customer) {
        String id = send(customer, Instant.now(), Map.of("input_tokens", -1L));
        becomes("rejected", customer, id);
        return id;
    }

    /** Waits until this is what is said of an event. */
    void becomes(String fate, String customer, String id) {
        String path = "/api/v1/events/" + id + "?external_customer_id=" + Api.encoded(customer);
        await().atMost(PATIENCE).until(() -> {
            var answer = api.get(path);
            return answer.statusCode() == 200
                    && Api.parsed(answer.body()).get("fate").asText().equals(fate);
        });
    }
}
