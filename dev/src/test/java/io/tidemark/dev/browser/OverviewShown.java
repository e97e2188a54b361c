package io.tidemark.dev.browser;

import static io.tidemark.dev.browser.Tab.shows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Route;
import io.tidemark.dev.browser.Stage.Acted;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

interface OverviewShown extends Acted {
    ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** What can be sorted by, as the API and as the page calls it. */
    Map<String, String> COLUMNS =
            Map.of("external_id", "Customer", "requests", "Requests", "credits", "Credits", "cost", "Cost");

    private static List<String> shown(Tab tab) {
        Object ids = tab.at("tbody td a[data-key]").evaluateAll("all => all.map(one => one.dataset.key.slice(1))");
        return ((List<?>) ids).stream().map(String::valueOf).toList();
    }

    private static List<String> ids(JsonNode answer) {
        var ids = new ArrayList<String>();
        answer.get("data").forEach(row -> ids.add(row.get("external_id").asText()));
        return ids;
    }

    private void sortAgain(Tab tab, String column, String dir) throws Exception {
        tab.at("th button[data-key=" + column + "]").click();
        String sorted = dir.equals("asc") ? "ascending" : "descending";
        shows(tab.at("th[aria-sort=" + sorted + "]")).hasText(String.valueOf(COLUMNS.get(column)));
        List<String> expected = ids(stage().day().usage("sort_by=" + column, "sort_dir=" + dir, "limit=50"));
        assertThat(shown(tab)).as("by " + column + " " + dir).isEqualTo(expected);
        assertThat(tab.page().url()).contains("sort=" + column, "dir=" + dir);
    }

    @Test
    default void sortsByEachColumn() throws Exception {
        for (String column : COLUMNS.keySet()) {
            try (var tab = stage().atOwnDay("overview", "sort=" + column, "dir=asc")) {
                sortAgain(tab, column, "desc");
                sortAgain(tab, column, "asc");
            }
        }
    }

    @Test
    default void findsCustomersByAPartOfTheirName() {
        try (var tab = stage().atOwnDay("overview")) {
            shows(tab.at("tbody td a[data-key]")).hasCount(50);
            tab.at("#search").fill("SÖHNE");
            shows(tab.at("tbody td a")).hasText(new String[] {"Zoë & Söhne"});
            assertThat(tab.page().url()).contains("q=S%C3%96HNE");
            tab.at("#search").fill("nobody is called so");
            shows(tab.at(".empty")).containsText("No customer is called that");
            tab.at("#search").fill("");
            shows(tab.at("tbody td a[data-key]")).hasCount(50);
        }
    }

    @Test
    default void pagesThroughAll() throws Exception {
        try (var tab = stage().atOwnDay("overview")) {
            List<String> all = ids(stage().day().usage("limit=1000"));
            assertThat(all).hasSize(OwnDay.CUSTOMERS + 1);
            shows(tab.at(".more")).containsText("50 of " + all.size());
            tab.button("Show more").click();
            shows(tab.at("tbody td a[data-key]")).hasCount(all.size());
            assertThat(shown(tab)).isEqualTo(all);
            shows(tab.button("Show more")).hasCount(0);
        }
    }

    @Test
    default void keepsPeriodAndZoneInTheAddress() {
        try (var tab = stage().at("overview")) {
            tab.at("#period").selectOption("today");
            tab.page().waitForURL(Pattern.compile(".*period=today.*"));
            tab.at("#zone").selectOption("America/New_York");
            tab.page().waitForURL(Pattern.compile(".*tz=America%2FNew_York.*"));
            shows(tab.at("#period")).hasValue("today");
            tab.at("nav a:text-is('Events')").click();
            assertThat(tab.page().url()).contains("period=today", "tz=America%2FNew_York");
        }
    }

    @Test
    default void downloadsWhatIsShown() throws Exception {
        try (var tab = stage().at("overview?" + stage().day().asked(BERLIN))) {
            shows(tab.at("tbody td a[data-key]")).hasCount(50);
            saysTheSame(tab, 50);
            tab.button("Show more").click();
            shows(tab.at("tbody td a[data-key]")).hasCount(OwnDay.CUSTOMERS + 1);
            saysTheSame(tab, OwnDay.CUSTOMERS + 1);
        }
    }

    /** The answer of whoever wants more comes after what is shown was asked for anew: more is wanted all the same. */
    @Test
    default void showsMoreOfWhatMovesMeanwhile() {
        try (var tab = stage().atOwnDay("overview")) {
            shows(tab.at("tbody td a[data-key]")).hasCount(50);
            var held = new ArrayList<Route>();
            tab.page().route("**/usage/by-customer?cursor=*", held::add);
            tab.button("Show more").click();
            tab.page()
                    .waitForResponse(
                            answer -> answer.url().contains("/usage/by-customer?period="),
                            () -> stage().day().send(OwnDay.customer(17), "gpt-1", BigDecimal.ONE));
            assertThat(held).hasSize(1);
            held.forEach(Route::resume);
            shows(tab.at("tbody td a[data-key]")).hasCount(OwnDay.CUSTOMERS + 1);
        }
    }

    private void saysTheSame(Tab tab, int rows) throws Exception {
        Download file = Csv.saved(tab);
        assertThat(file.suggestedFilename()).matches("usage-by-customer(-\\d{4}-\\d\\d-\\d\\d){2}\\.csv");
        JsonNode answer = stage().day().usage(BERLIN, "sort_by=cost", "sort_dir=desc", "limit=" + rows);
        List<List<String>> saved = Csv.read(file);
        assertThat(saved.get(0)).contains("cost_usd", "share");
        assertThat(answer.get("data")).hasSize(rows);
        Csv.says(saved, answer.get("data"), answer.get("period"), BERLIN);
    }

    @Test
    default void downloadsWhatWasFound() throws Exception {
        try (var tab = stage().at("overview?" + stage().day().asked(BERLIN) + "&q=baker")) {
            shows(tab.at("tbody td a")).hasCount(1);
            List<List<String>> saved = Csv.read(Csv.saved(tab));
            JsonNode answer = stage().day().usage(BERLIN, "limit=1000");
            ArrayNode found = JsonNodeFactory.instance.arrayNode();
            answer.get("data").forEach(row -> {
                if (row.get("external_id").asText().equals(OwnDay.customer(7))) {
                    found.add(row);
                }
            });
            assertThat(saved.get(0)).contains("cost_usd").doesNotContain("share");
            Csv.says(saved, found, answer.get("period"), BERLIN);
        }
    }

    /** What was found stays as it was, and says since when. */
    @Test
    default void movesWhileSomethingIsSearched() throws Exception {
        try (var tab = stage().atOwnDay("overview", "q=baker")) {
            shows(tab.at(".more")).containsText("1 of 1 shown, as of ");
            tab.at("details.tables summary").click();
            long before = stage().day().usage().get("totals").get("requests").asLong();
            shows(tab.number("Requests")).hasText(String.valueOf(before));
            stage().day().send(OwnDay.customer(13), "gpt-1", new BigDecimal("0.5"));
            shows(tab.number("Requests")).hasText(String.valueOf(before + 1));
            shows(tab.at("details.tables tbody td").first()).hasText(String.valueOf(before + 1));
            shows(tab.at("section:has(#customers-title) tbody tr")).hasCount(1);
        }
    }

    @Test
    default void movesByItselfWhenAnEventArrives() throws Exception {
        String customer = OwnDay.customer(0);
        try (var tab = stage().atOwnDay("overview", "sort=external_id", "dir=asc")) {
            var cell = tab.at("tbody tr:has(a[data-key='/" + customer + "']) td.number")
                    .first();
            shows(cell).hasText("1");
            long before = stage().day().usage().get("totals").get("requests").asLong();
            shows(tab.number("Requests")).hasText(String.valueOf(before));
            tab.page().evaluate("window.theSame = true");
            stage().day().send(customer, "gpt-1", new BigDecimal("0.5"));
            shows(cell).hasText("2");
            shows(tab.number("Requests")).hasText(String.valueOf(before + 1));
            assertThat(tab.page().evaluate("window.theSame"))
                    .as("not loaded anew")
                    .isEqualTo(true);
        }
    }
}
