package io.tidemark.dev.browser;

import static io.tidemark.dev.browser.Tab.shows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;
import io.tidemark.dev.browser.Stage.Acted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What holds for every view: whoever looks at it, on whatever they look. */
interface ForEverybody extends Acted {
    List<Integer> WIDTHS = List.of(1280, 360);
    List<ColorScheme> SCHEMES = List.of(ColorScheme.LIGHT, ColorScheme.DARK);

    Page.WaitForConditionOptions FITS = new Page.WaitForConditionOptions().setTimeout(20_000);

    /** What is wider than the page, and not within something that scrolls by itself. */
    String TOO_WIDE = """
            () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] : [...document.querySelectorAll('main *, header *')]
              .filter(it => it.getBoundingClientRect().right > innerWidth && !it.closest('.scroll')).map(it => it.tagName + '.' + it.className).concat('the page')
            """;

    private static List<String> faults(Tab tab, Axe axe, String name) {
        var faults = new ArrayList<String>();
        for (int width : WIDTHS) {
            tab.page().setViewportSize(width, 900);
            try {
                // A chart takes a moment to fit.
                tab.page().waitForCondition(() -> List.of().equals(tab.page().evaluate(TOO_WIDE)), FITS);
            } catch (TimeoutError stillTooWide) {
                faults.add(
                        name + ", " + width + " wide: runs over: " + tab.page().evaluate(TOO_WIDE));
            }
            // Colours are the same at every width.
            for (ColorScheme scheme : width == WIDTHS.get(0) ? SCHEMES : SCHEMES.subList(0, 1)) {
                tab.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                for (String violation : axe.violations(tab.page())) {
                    faults.add(name + ", " + width + " wide, " + scheme + ": " + violation);
                }
            }
        }
        return faults;
    }

    @Test
    default void canBeUsedByEverybody() throws Exception {
        var axe = new Axe();
        var faults = new ArrayList<String>();
        try (var tab = stage().stranger().open("overview")) {
            faults.addAll(faults(tab, axe, "sign in"));
            tab.signIn(stage().dev().key());
            for (EveryView view : EveryView.of(stage().day())) {
                view.showIn(tab);
                faults.addAll(faults(tab, axe, view.name()));
            }
            tab.open("customer/" + OwnDay.customer(7) + "?" + stage().day().asked());
            tab.at("#edit").click();
            faults.addAll(faults(tab, axe, "customer, edited"));
        }
        assertThat(faults).isEmpty();
    }

    /** Else neither would say anything of the rest: a fault of each kind is planted, and seen. */
    @Test
    default void noticesWhatIsWrong() throws Exception {
        try (var tab = stage().at("overview")) {
            shows(tab.at("h1")).hasText("Overview");
            tab.page().evaluate("() => document.querySelector('h1').after(document.createElement('button'))");
            assertThat(new Axe().violations(tab.page())).anyMatch(violation -> violation.startsWith("button-name"));
            tab.page().evaluate("() => { document.querySelector('h1').style.width = '3000px'; }");
            assertThat((List<?>) tab.page().evaluate(TOO_WIDE)).anyMatch("the page"::equals);
            tab.page().evaluate("() => console.error('planted')");
            tab.page().evaluate("() => setTimeout(() => { throw new Error('thrown'); })");
            tab.page().evaluate("() => fetch('http://127.0.0.2:9/').catch(() => 0)");
            tab.page().evaluate("() => fetch('nothing-is-here').catch(() => 0)");
            tab.page().evaluate("() => alert('hello')");
            List<Predicate<String>> expected = List.of(
                    "console: planted"::equals,
                    it -> it.startsWith("script: ") && it.contains("thrown"),
                    it -> it.startsWith("console: ") && it.contains("Content Security Policy"),
                    it -> it.startsWith("answered 404: "),
                    "dialog: hello"::equals);
            tab.page()
                    .waitForCondition(() -> expected.stream()
                            .allMatch(one -> tab.complaints().stream().anyMatch(one)));
            tab.forgive();
        }
    }

    /** Whether that is what the chart shows: it is drawn when what draws is there. */
    String DRAWS = "total => globalThis.Chart"
            + " && String(Chart.getChart(document.querySelector('canvas'))?.data.datasets[0].data) === total";

    @Test
    default void saysAsATableWhatAChartDraws() throws Exception {
        for (String view : List.of("overview", "customer/" + OwnDay.customer(9))) {
            try (var tab = stage().atOwnDay(view)) {
                shows(tab.number("Requests")).isVisible();
                assertThat(tab.at("canvas").count()).as("charts").isEqualTo(1);
                String label = String.valueOf(tab.at("canvas").getAttribute("aria-label"));
                assertThat(label).contains("the table below has the numbers");
                tab.at("details.tables summary").click();
                shows(tab.at("details.tables tbody tr")).hasCount(1);
                JsonNode usage = stage().day().usage("limit=1000");
                String total = view.equals("overview")
                        ? usage.get("totals").get("requests").asText()
                        : "1";
                shows(tab.at("details.tables tbody td").first()).hasText(total);
                tab.at(".segments button:text-is('Requests')").click();
                tab.page().waitForFunction(DRAWS, total);
            }
        }
    }

    @Test
    default void drawsMetersToo() {
        stage().day().use(OwnDay.customer(21), "seats", new BigDecimal("3.5"));
        for (String view : List.of("overview", "customer/" + OwnDay.customer(21))) {
            try (var tab = stage().atOwnDay(view)) {
                tab.at(".segments button:text-is('seats')").click();
                shows(tab.at(".segments [aria-pressed=true]")).hasText("seats");
                tab.page().waitForFunction(DRAWS, "3.5");
            }
        }
    }

    @Test
    default void keepsTheThemeThatWasChosen() {
        try (var tab = stage().at("overview")) {
            String before = String.valueOf(tab.page().evaluate("getComputedStyle(document.body).backgroundColor"));
            tab.button("Dark theme").click();
            shows(tab.button("Light theme")).isVisible();
            tab.page().reload();
            shows(tab.button("Light theme")).isVisible();
            assertThat(tab.page().evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isNotEqualTo(before);
        }
    }
}
