package io.tidemark.dev.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a browser, as people use it; the tests are in an interface for each view. */
@Timeout(240)
@EnabledIf(
        value = "io.tidemark.dev.browser.Chromium#isThereOrMustBe",
        disabledReason =
                "there is no Chromium (Debian: apt-get install chromium-headless-shell), or no Node 20 or later")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DashboardIT
        implements SigningIn, OverviewShown, CustomerShown, LinksShown, EventsShown, OperatorsShown, ForEverybody {
    private final Stage stage;

    DashboardIT(@TempDir(cleanup = CleanupMode.NEVER) Path directory) throws Exception {
        stage = Stage.set(directory);
    }

    @AfterAll
    void clear() {
        stage.close();
    }

    @Override
    public Stage stage() {
        return stage;
    }
}
