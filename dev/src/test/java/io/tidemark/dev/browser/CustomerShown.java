package io.tidemark.dev.browser;

import static io.tidemark.dev.browser.Tab.shows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import io.tidemark.dev.browser.Stage.Acted;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.CurlLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

interface CustomerShown extends Acted {
    List<Map.Entry<String, String>> KEYED = List.of(Map.entry("X-Api-Key", "$KEY"));

    @Test
    default void opensACustomerAndChangesItsName() throws Exception {
        String customer = OwnDay.customer(2);
        try (var tab = stage().atOwnDay("overview", "sort=external_id", "dir=asc")) {
            tab.at("td a[data-key='/" + customer + "']").click();
            shows(tab.at("h1")).hasText(customer);
            tab.at("#edit").click();
            shows(tab.at("#edit-name")).isFocused();
            tab.at("#edit-name").fill("Grüße & Partner");
            tab.button("Save").click();
            shows(tab.at("h1")).hasText("Grüße & Partner");
            tab.page().reload();
            shows(tab.at("h1")).hasText("Grüße & Partner");
            JsonNode record = stage().api().json("/api/v1/customer-by-external-id/" + customer);
            assertThat(record.get("name").asText()).isEqualTo("Grüße & Partner");
            tab.at("a:text-is('← All customers')").click();
            shows(tab.at("td a[data-key='/" + customer + "']")).hasText("Grüße & Partner");
        }
    }

    @Test
    default void saysWhatIsWrongWithAChange() {
        try (var tab = stage().atOwnDay("customer/" + OwnDay.customer(3)).expecting(400)) {
            tab.at("#edit").click();
            tab.at("#edit-currency").fill("dollars");
            tab.button("Save").click();
            shows(tab.at("[role=alert]")).containsText("currency");
            shows(tab.at("#edit-currency")).hasValue("dollars");
            tab.button("Cancel").click();
            shows(tab.at("#edit")).isVisible();
        }
    }

    @Test
    default void showsACustomersEventsAsTheyArrive() {
        String customer = OwnDay.customer(1);
        try (var tab = stage().atOwnDay("customer/" + customer)) {
            shows(tab.number("Requests")).hasText("1");
            tab.page().evaluate("window.theSame = true");
            stage().day().send(customer, "gpt-1", new BigDecimal("0.5"));
            shows(tab.number("Requests")).hasText("2");
            String id = stage().day().send(customer, Instant.now(), Map.of("model", "now", "status", "ok"));
            shows(tab.at("[aria-label='The newest requests'] tbody tr:has-text('" + id + "')"))
                    .containsText("now");
            assertThat(tab.page().evaluate("window.theSame"))
                    .as("not loaded anew")
                    .isEqualTo(true);
        }
    }

    /** Wherever a customer or its events are told of. */
    @Test
    default void takesATextForAText() {
        String id = stage().day()
                .send(OwnDay.HOSTILE, Instant.now(), Map.of("model", OwnDay.HOSTILE, "status", OwnDay.HOSTILE));
        try (var tab = stage().atOwnDay("overview")) {
            shows(tab.at("tbody td a").first()).hasText(OwnDay.HOSTILE);
            tab.at("tbody td a").first().click();
            shows(tab.at("h1")).hasText(OwnDay.HOSTILE);
            shows(tab.at("[aria-label='The newest requests'] tbody tr").first()).containsText(OwnDay.HOSTILE);
            shows(tab.at("dl.facts dd:has-text('" + OwnDay.HOSTILE + "')")).hasCount(2);
            assertThat(tab.page().title()).startsWith(OwnDay.HOSTILE);
            tab.at("#edit").click();
            shows(tab.at("#edit-name")).hasValue(OwnDay.HOSTILE);
            tab.at("a:text-is('Watch')").click();
            shows(tab.at("tbody td a[data-key^=of]").first()).hasText(OwnDay.HOSTILE);
            tab.at("td.id a:has-text('" + id + "')").click();
            shows(tab.at("#fate-title")).hasText("It is counted.");
            shows(tab.at("#customer")).hasValue(OwnDay.HOSTILE);
            assertThat(tab.at("img:not([src='app/icon.svg'])").count())
                    .as("what was made of the text")
                    .isZero();
        }
    }

    @Test
    default void quotesAnIdInACommandForATerminal() {
        try (var tab = stage().at("customer/" + Api.encoded(OwnDay.HOSTILE) + "?period=2001-01-01&tz=UTC")) {
            shows(tab.at(".empty pre")).containsText("--customer '" + OwnDay.HOSTILE + "' --meter");
        }
    }

    @Test
    default void saysSoWhereThereIsNoSuchCustomer() {
        try (var tab = stage().at("customer/nobody").expecting(404)) {
            shows(tab.at("[role=alert]")).containsText("There is no such customer");
            shows(tab.at(".skeleton:visible, progress:visible")).hasCount(0);
        }
    }

    /** A month with a day on which something was used, and the one in which clocks were changed last. */
    @Test
    default void downloadsTheWindowsOfACustomer() throws Exception {
        var berlin = ZoneId.of("Europe/Berlin");
        var changed = berlin.getRules().previousTransition(Instant.now()).getDateTimeBefore();
        assertThat(windows(berlin, stage().day().month()).get(0)).contains("cost_usd");
        assertThat(String.valueOf(windows(berlin, YearMonth.from(changed)))).contains("+01:00", "+02:00");
    }

    private List<List<String>> windows(ZoneId zone, YearMonth month) throws Exception {
        String customer = OwnDay.customer(4);
        try (var tab = stage().at("customer/" + customer + "?period=" + month + "&tz=" + zone)) {
            shows(tab.number("Requests")).isVisible();
            Download file = Csv.saved(tab);
            assertThat(file.suggestedFilename())
                    .isEqualTo("usage-" + customer + "-" + month.atDay(1) + "-"
                            + month.plusMonths(1).atDay(1) + ".csv");
            JsonNode usage = stage().api()
                    .json("/api/v1/customer-by-external-id/" + customer + "/usage?window=day&period=" + month
                            + "&timezone=" + zone);
            ObjectNode whose = usage.get("customer").deepCopy();
            whose.set("customer_id", whose.get("id"));
            Csv.says(Csv.read(file), usage.get("windows"), whose, zone);
            return Csv.read(file);
        }
    }

    /** On every view that asks the API, the same calls for a terminal. */
    @Test
    default void copiesCallsThatAnswer() throws Exception {
        for (String view : List.of(
                "overview", "customer/" + OwnDay.customer(5), "events/live", "events/rejected", "operations", "keys")) {
            try (var tab = stage().atOwnDay(view)) {
                tab.at("details.curl summary").click();
                List<Locator> calls = tab.at("details.curl pre").all();
                assertThat(calls).as(view).hasSize(view.equals("operations") ? 3 : 1);
                for (int i = 0; i < calls.size(); i++) {
                    copy(tab.at("details.curl button").nth(i));
                    String copied = String.valueOf(tab.page().evaluate("navigator.clipboard.readText()"));
                    shows(calls.get(i)).hasText(copied);
                    answers(copied);
                }
            }
        }
    }

    private static void copy(Locator button) {
        shows(button).hasText("Copy");
        button.click();
        shows(button).hasText("Copied");
    }

    /** What is asked without a key is asked so. */
    private void answers(String copied) throws Exception {
        CurlLine line = CurlLine.parse(copied);
        String base = stage().dev().http();
        assertThat(line.url().toString()).startsWith(base);
        String path = line.url().toString().substring(base.length());
        assertThat(line.headers())
                .isEqualTo(path.startsWith("/api/") || path.startsWith("/admin/") ? KEYED : List.of());
        String key = line.headers().isEmpty() ? "" : stage().dev().key();
        assertThat(new Api(base, key).get(path).statusCode()).as(copied).isEqualTo(200);
    }
}
