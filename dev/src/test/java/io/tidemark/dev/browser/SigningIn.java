package io.tidemark.dev.browser;

import static io.tidemark.dev.browser.Tab.shows;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.tidemark.dev.browser.Stage.Acted;
import org.junit.jupiter.api.Test;

interface SigningIn extends Acted {
    /** Of the page, its scripts and its style, compressed as they come. */
    int FIRST_VIEW_BYTES = 150 * 1024;

    @Test
    default void letsInWhoHasAKeyAndNobodyElse() {
        try (var tab = stage().stranger().expecting(401)) {
            tab.open("overview").signIn("tm_dev_" + "x".repeat(40));
            shows(tab.at("[role=alert]")).containsText("There is no such key");
            tab.signIn(stage().dev().key());
            shows(tab.at("h1")).hasText("Overview");
            tab.button("Sign out").click();
            shows(tab.at("h1")).hasText("Sign in");
            assertThat(tab.page().evaluate("sessionStorage.length + Object.keys(localStorage).length"))
                    .as("what is kept of the key")
                    .isEqualTo(0);
        }
    }

    @Test
    default void opensALinkAfterSigningIn() {
        try (var tab = stage().stranger().open("overview?period=yesterday&tz=Asia/Kathmandu&sort=requests&dir=asc")) {
            shows(tab.at("h1")).hasText("Sign in");
            tab.signIn(stage().dev().key());
            shows(tab.at("#period")).hasValue("yesterday");
            shows(tab.at("#zone")).hasValue("Asia/Kathmandu");
            shows(tab.at(".title p")).containsText("00:00 – ");
            tab.page().reload();
            shows(tab.at("#zone")).hasValue("Asia/Kathmandu");
        }
    }

    @Test
    default void needsNoMouseToOpenACustomer() {
        try (var tab = stage().stranger().open("overview?" + stage().day().asked() + "&sort=external_id&dir=asc")) {
            Locator focused = tab.at(":focus");
            shows(tab.at("#key")).isFocused();
            tab.page().keyboard().type(stage().dev().key());
            tab.page().keyboard().press("Enter");
            Locator first = tab.at("tbody td a").first();
            shows(first).isVisible();
            for (int i = 0; i < 60 && !isAt(first, focused); i++) {
                tab.page().keyboard().press("Tab");
            }
            shows(first).isFocused();
            String name = first.innerText();
            tab.page().keyboard().press("Enter");
            shows(tab.at("h1")).hasText(name);
            assertThat(focused.evaluate("it => it.tagName"))
                    .as("what has the focus then")
                    .isEqualTo("MAIN");
        }
    }

    private static boolean isAt(Locator here, Locator focused) {
        return Boolean.TRUE.equals(here.evaluate("it => it === document.activeElement")) && focused.count() == 1;
    }

    @Test
    default void isLight() {
        try (var tab = stage().at("overview")) {
            shows(tab.at("tbody td a").first()).isVisible();
            int files = transferred(tab, "!it.name.includes('/api/')");
            System.err.println("measured: first view, over the wire: " + files + " bytes, and "
                    + transferred(tab, "it.name.includes('/api/')") + " of answers");
            assertThat(files).isBetween(10_000, FIRST_VIEW_BYTES);
        }
    }

    private static int transferred(Tab tab, String which) {
        var bytes = (Number) tab.page()
                .evaluate("[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
                        + ".filter(it => " + which + ").reduce((sum, it) => sum + it.transferSize, 0)");
        return bytes.intValue();
    }
}
