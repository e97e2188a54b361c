package io.tidemark.dev.browser;

import static io.tidemark.dev.browser.Tab.shows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.browser.Stage.Acted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

interface EventsShown extends Acted {

    @Test
    default void showsRequestsAsTheyAreCounted() {
        String customer = OwnDay.customer(10);
        try (var tab = stage().at("events/live")) {
            shows(tab.at("tbody tr")).hasCount(50);
            tab.page().getByLabel("Customer").fill(customer);
            tab.page().getByLabel("Customer").press("Enter");
            tab.page().waitForURL(Pattern.compile(".*customer=" + customer + ".*"));
            shows(tab.at(".empty")).isVisible();
            String id = stage().day().send(customer, Instant.now(), Map.of("model", "tail", "status", "failed"));
            shows(tab.at("tbody tr")).hasCount(1);
            shows(tab.at("tbody tr")).containsText(id);
            shows(tab.at("tbody .badge.warn")).hasText("failed");
            tab.button("Pause").click();
            shows(tab.button("Go on")).hasAttribute("aria-pressed", "true");
            tab.button("Go on").click();
            stage().day().send(customer, Instant.now(), Map.of("model", "tail"));
            shows(tab.at("tbody tr")).hasCount(2);
        }
    }

    @Test
    default void saysWhatBecameOfAnEvent() {
        String customer = OwnDay.customer(11);
        String counted =
                stage().day().send(customer, Instant.now(), Map.of("cost", new BigDecimal("0.25"), "currency", "USD"));
        stage().day().becomes("counted", customer, counted);
        String rejected = stage().day().sendRejected(customer);
        try (var tab = stage().at("events/why")) {
            ask(tab, counted, customer);
            shows(tab.at("#fate-title")).hasText("It is counted.");
            shows(tab.at("dl.facts")).containsText("0.25 USD");
            ask(tab, "never-sent", customer);
            shows(tab.at("#fate-title")).hasText("Nothing is known of it.");
            shows(tab.at("section p")).containsText("No event of this id, customer and source ever came.");
            ask(tab, rejected, customer);
            shows(tab.at("#fate-title")).hasText("It is not counted: it was rejected.");
            shows(tab.at("section li")).containsText("input_tokens");
        }
    }

    @Test
    default void saysSoWhereACustomerIsUnknown() {
        try (var tab = stage().at("events/why").expecting(404)) {
            ask(tab, "never-sent", "nobody");
            shows(tab.at("[role=alert]")).containsText("There is no such customer");
        }
    }

    private static void ask(Tab tab, String event, String customer) {
        tab.at("#event").fill(event);
        tab.at("#customer").fill(customer);
        tab.button("Explain").click();
        tab.page().waitForURL(Pattern.compile(".*event=" + event + "&.*"));
    }

    @Test
    default void listsTheRejectedByReason() throws Exception {
        String customer = OwnDay.customer(12);
        String id = stage().day().sendRejected(customer);
        JsonNode counts = stage().api().json("/api/v1/rejected-events/counts");
        JsonNode reason = counts.get("reasons").get(0);
        try (var tab = stage().at("events/rejected")) {
            String named = reason.get("reason").asText().replace('_', ' ') + " ";
            shows(tab.at(".segments [aria-pressed=true]"))
                    .hasText("All " + counts.get("total").asText());
            tab.at(".segments button:text('" + named + "')").click();
            tab.page()
                    .waitForURL(
                            Pattern.compile(".*reason=" + reason.get("reason").asText() + ".*"));
            shows(tab.at(".segments [aria-pressed=true]"))
                    .hasText(named + reason.get("count").asText());
            shows(tab.at("tbody tr:has-text('" + id + "')")).containsText("input_tokens");
            tab.at("tbody a:text-is('" + id + "')").click();
            shows(tab.at("#fate-title")).hasText("It is not counted: it was rejected.");
            assertThat(tab.page().url()).contains("customer=" + customer);
        }
    }
}
