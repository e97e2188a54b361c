package io.tidemark.dev.browser;

import static io.tidemark.dev.browser.Tab.shows;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.tidemark.dev.browser.Stage.Acted;
import io.tidemark.dev.fixtures.Api;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What operators have: the instance, and keys. */
interface OperatorsShown extends Acted {
    Pattern KEY = Pattern.compile("tm_[a-z]+_([0-9A-Za-z]+)_[0-9A-Za-z]+");

    /** What the page is told of the metrics from now on: JavaScript that makes of a line another, or null of one that is left out. */
    private static void tell(Tab tab, String otherwise) {
        tab.page().evaluate("""
                        () => {
                          const real = window.fetch;
                          window.looks = 0;
                          window.fetch = async (where, how) => {
                            const answer = await real(where, how);
                            if (!String(where).endsWith('/metrics')) return answer;
                            window.looks++;
                            const lines = (await answer.text()).split('\\n').map(%s);
                            return new Response(lines.filter(line => line !== null).join('\\n'));
                          };
                        }
                        """.formatted(otherwise));
    }

    private static Locator rows(Tab tab, String card) {
        return tab.at("section:has(#" + card + ") tbody tr");
    }

    @Test
    default void saysOfEveryPartitionWhatBecameOfItsRecords() throws Exception {
        int partitions = stage().api().records().size();
        try (var tab = stage().at("operations")) {
            shows(tab.at("main > div .badge").first()).hasText("Ready");
            shows(rows(tab, "fates-title")).hasCount(partitions);
            shows(rows(tab, "fates-title").locator(".badge:text-is('Balanced')"))
                    .hasCount(partitions);
            assertThat(tab.at("section:has(#fates-title) thead th").allInnerTexts())
                    .isEqualTo(List.of(
                            "Topic",
                            "Partition",
                            "Read",
                            "Counted",
                            "Duplicate",
                            "Conflict",
                            "Rejected",
                            "Rekeyed",
                            "Parked",
                            "Lag",
                            "Check"));
            shows(tab.at("section:has(#books-title)")).containsText("Balanced In the last 24 hours");
            shows(tab.number("Waiting to be counted")).hasText(Pattern.compile("[0-9,]+ records"));
        }
    }

    /** One process has them all: of two partitions it is hidden that it counts them, of one of those that it has its state. */
    @Test
    default void saysWhereEachPartitionIs() throws Exception {
        int partitions = stage().api()
                .values("tidemark_deployment_partitions ")
                .values()
                .iterator()
                .next()
                .intValueExact();
        try (var tab = stage().at("operations")) {
            Locator rows = rows(tab, "partitions-title");
            shows(rows.locator(".badge:text-is('Counted here')")).hasCount(partitions);
            shows(rows).hasCount(partitions);
            shows(rows.last())
                    .containsText(Pattern.compile((partitions - 1) + "\\s*Counted here\\s*\\d+\\s*\\d+ s ago"));
            tell(
                    tab,
                    "line => /^tidemark_(records|parked|as_of).*partition=\"[34]\"/.test(line) || line.includes('task_id=\"0_4\"') ? null : line");
            shows(rows.nth(3)).containsText(Pattern.compile("Copy here\\s*\\d+\\s*–"));
            shows(rows.nth(4)).containsText(Pattern.compile("Another instance\\s*\\d+\\s*–"));
            shows(rows.locator(".badge:text-is('Counted here')")).hasCount(partitions - 2);
            shows(rows(tab, "fates-title").locator("td:nth-child(2):text-is('4')"))
                    .hasCount(0);
        }
    }

    /** A scrape may come between two numbers that belong together; here it comes between the same two when the test says so. */
    @Test
    default void saysThatRecordsAreMissingAtTheSecondLookAlone() {
        String read =
                "line => /^tidemark_records_(read_)?total.*partition=\"0\",topic=\"tidemark.requests\"/.test(line)"
                        + " ? line.replace(/ [^ ]+$/, line.includes('_read_') ? ' ' + (%s) : ' 0') : line";
        try (var tab = stage().at("operations")) {
            Locator check = rows(tab, "fates-title")
                    .and(tab.at("tr:has(th:text-is('tidemark.requests')):has(td:nth-child(2):text-is('0'))"))
                    .locator(".badge");
            shows(check).hasText("Balanced");
            tell(tab, read.formatted("window.looks === 1 ? 7 : 0"));
            shows(check).hasText("Looking again");
            shows(check).hasText("Balanced");
            tell(tab, read.formatted("7"));
            shows(check).hasText("Looking again");
            shows(check).hasText("Differs");
            shows(check).hasClass("badge bad");
        }
    }

    private static String fresh(Tab tab) {
        Locator shown = tab.at(".secret pre");
        shows(shown).hasText(KEY);
        return shown.innerText();
    }

    private static Locator row(Tab tab, String key) {
        return tab.at("tbody tr:has-text('" + KEY.matcher(key).replaceAll("$1") + "')");
    }

    private int status(String key) throws Exception {
        return new Api(stage().dev().http(), key).get("/api/v1/usage").statusCode();
    }

    @Test
    default void makesRotatesAndRevokesAKey() throws Exception {
        try (var tab = stage().at("keys").confirming()) {
            tab.at("#key-tenant").fill(stage().dev().tenant());
            tab.at("#key-name").fill("from the browser");
            tab.button("Make it").click();
            String first = fresh(tab);
            assertThat(status(first)).isEqualTo(200);
            shows(row(tab, first).locator(".badge")).hasText("Active");
            row(tab, first).getByText("Rotate").click();
            shows(tab.at(".secret pre")).not().hasText(first);
            String second = fresh(tab);
            shows(row(tab, first).locator(".badge")).containsText("Until ");
            assertThat(status(second)).isEqualTo(200);
            row(tab, second).getByText("Revoke").click();
            shows(row(tab, second).locator(".badge")).hasText("Revoked");
            shows(tab.at(".secret")).hasCount(0);
            assertThat(status(second)).isEqualTo(401);
            assertThat(status(first))
                    .as("the one before, which goes on for a day")
                    .isEqualTo(200);
            isRefused(second);
        }
    }

    private void isRefused(String key) {
        try (var tab = stage().stranger().expecting(401).open("overview").signIn(key)) {
            shows(tab.at("[role=alert]")).containsText("revoked");
        }
    }

    @Test
    default void saysWhatAKeyMayNotDo() throws Exception {
        String reader = stage().api().createKey(stage().dev().tenant(), "read");
        try (var tab = stage().stranger().expecting(403).open("keys").signIn(reader)) {
            shows(tab.at("[role=alert]")).containsText("This key lacks the scope");
            tab.open("operations");
            shows(tab.at("section:has(#books-title)")).containsText("Not asked");
        }
    }
}
