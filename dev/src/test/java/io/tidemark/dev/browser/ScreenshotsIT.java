package io.tidemark.dev.browser;

import static io.tidemark.dev.browser.Tab.shows;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tidemark.dev.fixtures.DevProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of every view, light and dark, wide and narrow, into the directory that {@code tidemark.screenshots} names. */
@Timeout(600)
@EnabledIfSystemProperty(named = "tidemark.screenshots", matches = ".+")
final class ScreenshotsIT {
    private static final String CUSTOMER = "customer/lumen-legal";
    private static final List<EveryView> VIEWS = List.of(
            new EveryView("overview", "overview?tz=UTC", "tbody td a[data-key]"),
            new EveryView("overview-found", "overview?tz=UTC&q=le", "tbody td a"),
            new EveryView("overview-not-found", "overview?tz=UTC&q=nobody", ".empty"),
            new EveryView("overview-empty", "overview?period=2001-01-01&tz=UTC", ".empty pre"),
            new EveryView("customer", CUSTOMER + "?tz=UTC", "[aria-label='Usage by meter'] tbody tr"),
            new EveryView("customer-hours", CUSTOMER + "?period=24h&tz=UTC", "[aria-label='Usage by meter'] tbody tr"),
            new EveryView("customer-unknown", "customer/nobody?tz=UTC", "[role=alert]"),
            new EveryView("events-live", "events/live?tz=UTC", "tbody tr"),
            new EveryView("events-why", "events/why?tz=UTC&event=browser-1&customer=team-00", "#fate-title"),
            new EveryView("events-why-form", "events/why?tz=UTC", "form"),
            new EveryView("events-rejected", "events/rejected?tz=UTC", "tbody tr"),
            new EveryView("operations", "operations?tz=UTC", "tbody .badge"),
            new EveryView("keys", "keys?tz=UTC", "tbody tr"),
            new EveryView("shared-ended", "shared?tz=UTC", "#ended"));

    private final Path into = Path.of(System.getProperty("tidemark.screenshots", "screenshots"));

    @Test
    void takesAPictureOfEveryView(@TempDir(cleanup = CleanupMode.NEVER) Path directory) throws Exception {
        try (var stage = Stage.set(directory)) {
            fill(stage);
            String link = stage.day().link("lumen-legal");
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                for (int width : List.of(1280, 360)) {
                    takeAll(stage, link, scheme, width);
                }
            }
        }
    }

    /** So that no list is empty: keys, and what is rejected. */
    private static void fill(Stage stage) throws Exception {
        DevProcess dev = stage.dev();
        for (String scope : List.of("read", "ingest", "write")) {
            dev.api().createKey(dev.tenant(), scope);
        }
        stage.day().sendRejected("lumen-legal");
        stage.day().sendRejected("lumen-legal");
    }

    private void takeAll(Stage stage, String link, ColorScheme scheme, int width) {
        var options =
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, width > 500 ? 860 : 740);
        String rest = "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
        try (var tab = stage.stranger(options).expecting(404).open("overview?tz=UTC")) {
            shows(tab.at("#key")).isFocused();
            take(tab, "sign-in" + rest);
            tab.signIn(stage.dev().key());
            var shared =
                    new EveryView("shared", "shared/" + link + "?tz=UTC", "[aria-label='Usage by meter'] tbody tr");
            for (EveryView view :
                    Stream.concat(VIEWS.stream(), Stream.of(shared)).toList()) {
                view.showIn(tab);
                tab.page().mouse().move(0, 0);
                take(tab, view.name() + rest);
            }
            tab.open(CUSTOMER + "?tz=UTC&x=1");
            tab.at("#edit").click();
            take(tab, "customer-edited" + rest);
            tab.page().route("**/api/**", held -> {});
            tab.open("overview?period=7d&tz=UTC");
            take(tab, "overview-loading" + rest);
        }
    }

    /** All of it, and what is seen of it without scrolling. */
    private void take(Tab tab, String name) {
        tab.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setPath(into.resolve(name + "-all.png"))
                        .setFullPage(true));
        tab.page().screenshot(new Page.ScreenshotOptions().setPath(into.resolve(name + ".png")));
    }
}
