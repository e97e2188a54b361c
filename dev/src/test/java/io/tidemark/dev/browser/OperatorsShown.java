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

    @Test
    default void saysOfEveryPartitionWhatBecameOfItsRecords() throws Exception {
        int partitions = stage().api().records().size();
        try (var tab = stage().at("operations")) {
            shows(tab.at("main > div .badge").first()).hasText("Ready");
            shows(tab.at("#partitions-title + *, section:has(#partitions-title) tbody tr")
                            .last())
                    .isVisible();
            shows(tab.at("tbody tr")).hasCount(partitions);
            shows(tab.at("tbody .badge:text-is('Balanced')")).hasCount(partitions);
            assertThat(tab.at("thead th").allInnerTexts())
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
