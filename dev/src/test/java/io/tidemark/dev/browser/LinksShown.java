package io.tidemark.dev.browser;

import static io.tidemark.dev.browser.Tab.shows;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.dev.browser.Stage.Acted;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** What a link shows to whoever has it. */
interface LinksShown extends Acted {

    @Test
    default void showsOneCustomersUsageUntilItIsRevoked() throws Exception {
        String customer = OwnDay.customer(14);
        stage().day().use(customer, "storage_gb", new BigDecimal("12.5"));
        try (var tab = stage().atOwnDay("customer/" + customer).confirming();
                var other = stage().stranger().expecting(401)) {
            tab.at("#share-length").selectOption("1d");
            tab.button("Share").click();
            String url = tab.at("#shared-url").innerText();
            other.page()
                    .navigate(url + "?tz=Europe/Berlin&period=" + stage().day().month());
            shows(other.at("h1")).hasText(customer);
            shows(other.number("Requests")).hasText("1");
            shows(other.at("[aria-label='Usage by meter'] tbody")).containsText("12.5");
            shows(other.at("#until")).containsText("This page is good until ");
            shows(other.at("nav, main a")).hasCount(0);
            isTheApisOwn(customer, other);
            assertThat(other.page().evaluate("sessionStorage.length + localStorage.length"))
                    .as("what is kept of the link")
                    .isEqualTo(0);
            tab.button("Revoke").click();
            shows(tab.at("[aria-label='Links that are good'] li")).hasCount(0);
            // By itself, and for whoever comes then.
            shows(other.at("#ended h1")).hasText("This link is not good any more");
            other.page().reload();
            shows(other.at("#ended h1")).hasText("This link is not good any more");
            assertThat(other.page().content()).doesNotContain(customer);
        }
    }

    /** The file, which the page makes by itself. */
    private void isTheApisOwn(String customer, Tab tab) throws Exception {
        var answer = stage().api()
                .get("/api/v1/customers/" + customer + "/usage?format=csv&window=day&timezone=Europe/Berlin&period="
                        + stage().day().month());
        assertThat(answer.body()).contains("cost_usd", "quantity_storage_gb");
        assertThat(Csv.read(Csv.saved(tab))).isEqualTo(Csv.read(answer.body()));
    }
}
