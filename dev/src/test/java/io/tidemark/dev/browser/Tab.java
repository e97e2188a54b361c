package io.tidemark.dev.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A tab of a browser that keeps nothing of others, and what its user would have to complain about: errors of the console (broken content
 * security policies are among them) and of scripts, requests that failed, answers of 400 and above, requests to anybody else, dialogs that
 * nobody expected. {@link #close()} fails where there are any.
 */
final class Tab implements AutoCloseable {
    private final String home;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final Set<Integer> expected = new HashSet<>();
    private boolean confirming;

    Tab(Browser browser, String home) {
        this(browser, home, new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    Tab(Browser browser, String home, Browser.NewContextOptions options) {
        this.home = home + "/";
        context = browser.newContext(options.setLocale("en-GB").setTimezoneId("Europe/Berlin"));
        context.setDefaultTimeout(Chromium.PATIENCE_MILLIS);
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page = context.newPage();
        watch();
    }

    private void watch() {
        page.onConsoleMessage(message -> {
            // What was not answered well is complained about below, with its address.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add("console: " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("script: " + error));
        page.onRequest(this::asked);
        page.onRequestFailed(this::failed);
        page.onResponse(this::answered);
        page.onDialog(dialog -> {
            if (confirming && dialog.type().equals("confirm")) {
                dialog.accept();
            } else {
                complaints.add("dialog: " + dialog.message());
                dialog.dismiss();
            }
        });
    }

    private void asked(Request request) {
        if (!request.url().startsWith(home) && !request.url().startsWith("blob:" + home)) {
            complaints.add("somebody else is asked: " + request.url());
        }
    }

    private void failed(Request request) {
        // A view that is left ends its own calls.
        boolean ended =
                request.resourceType().equals("fetch") && request.failure().contains("ERR_ABORTED");
        if (!ended && !request.url().startsWith("blob:")) {
            complaints.add("failed: " + request.url() + " " + request.failure());
        }
    }

    private void answered(Response response) {
        if (response.status() >= 400) {
            refusals.add(new Refusal(response.status(), response.url()));
        }
    }

    /** This test has calls answered so on purpose, those before this line, too. */
    Tab expecting(int status) {
        expected.add(status);
        return this;
    }

    /** Says yes to whatever asks for confirmation. */
    Tab confirming() {
        confirming = true;
        return this;
    }

    Page page() {
        return page;
    }

    /** Shows a view by its address, as from a link that somebody sent. */
    Tab open(String view) {
        page.navigate(home + "#/" + view);
        return this;
    }

    Tab signIn(String key) {
        page.getByLabel("API key").fill(key);
        button("Sign in").click();
        return this;
    }

    Locator at(String selector) {
        return page.locator(selector);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The value of a number above the rest, such as {@code Requests}. */
    Locator number(String name) {
        return at(".kpi:has(> .name:text-is('" + name + "')) .value").first();
    }

    /** Waits until it is so; fails where it does not become so. */
    static LocatorAssertions shows(Locator locator) {
        return PlaywrightAssertions.assertThat(locator);
    }

    List<String> complaints() {
        var all = new ArrayList<>(complaints);
        refusals.stream()
                .filter(it -> !expected.contains(it.status()))
                .forEach(it -> all.add("answered " + it.status() + ": " + it.url()));
        return all;
    }

    /** They were meant to be there. */
    void forgive() {
        complaints.clear();
        refusals.clear();
    }

    @Override
    public void close() {
        context.close();
        if (!complaints().isEmpty()) {
            throw new AssertionError("the browser complains: " + complaints());
        }
    }

    private record Refusal(int status, String url) {}
}
