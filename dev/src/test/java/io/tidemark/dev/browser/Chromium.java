package io.tidemark.dev.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser of the system, driven by the Node of the system: nothing is downloaded for it. */
final class Chromium implements AutoCloseable {
    /** The first has no windows, and takes a third of the CPU of the others. */
    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

    /** On a machine where much else runs; what is there is found at once. */
    static final int PATIENCE_MILLIS = 60_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Whether there is what it takes; with {@code CI} set there must be, and {@link #start} says what is missing. */
    static boolean isThereOrMustBe() {
        return System.getenv("CI") != null
                || (found(NAMES.stream()).isPresent()
                        && found(Stream.of("node")).isPresent());
    }

    static Chromium start() {
        Path chromium = found(NAMES.stream())
                .orElseThrow(() -> missing("Chromium (Debian: apt-get install chromium-headless-shell)"));
        Path node = found(Stream.of("node")).orElseThrow(() -> missing("Node 20 or later"));
        var variables = Map.of("PLAYWRIGHT_NODEJS_PATH", node.toString(), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(variables));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        var options = new BrowserType.LaunchOptions()
                .setExecutablePath(chromium)
                .setTimeout(PATIENCE_MILLIS)
                // In a container there is no other way, and it sees nothing but our own pages.
                .setArgs(List.of("--no-sandbox"));
        return new Chromium(playwright, playwright.chromium().launch(options));
    }

    private static IllegalStateException missing(String what) {
        return new IllegalStateException("the dashboard cannot be tested without " + what);
    }

    private static Optional<Path> found(Stream<String> names) {
        return names.flatMap(Chromium::onPath).findFirst();
    }

    private static Stream<Path> onPath(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable);
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
