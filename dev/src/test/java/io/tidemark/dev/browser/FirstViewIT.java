package io.tidemark.dev.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.publishing.EventPublisher;
import io.tidemark.streams.publishing.KafkaEventPublisher;
import io.tidemark.streams.publishing.PublishFailed;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * How soon the dashboard's first view can be used, and has its figures, with as many customers as {@code tidemark.first-view} says: twice the events at
 * random times of the last 29 days; the browser is on the same machine. For a machine with nothing else to do.
 */
@Tag("alone")
@Timeout(900)
@EnabledIfSystemProperty(named = "tidemark.first-view", matches = "[0-9]+")
final class FirstViewIT {
    private static final int CUSTOMERS = Integer.getInteger("tidemark.first-view", 0);
    private static final int VIEWS = 7;
    private static final int MINUTES = 29 * 24 * 60;

    /** Notes when each of these is there for the first time, and how long the page was busy at a stretch. */
    private static final String WATCH = """
            sessionStorage.setItem('tidemark.key', '%s');
            window.seen = {};
            window.busy = [];
            new PerformanceObserver(list => list.getEntries().forEach(it => window.busy.push([it.startTime, it.duration])))
              .observe({ type: 'longtask', buffered: true });
            const wanted = { usable: '#search', figures: '.kpi .value', rows: 'tbody td a[data-key]' };
            new MutationObserver(() => {
              for (const [name, selector] of Object.entries(wanted)) {
                if (!(name in window.seen) && document.querySelector(selector)) window.seen[name] = performance.now();
              }
            }).observe(document, { childList: true, subtree: true });
            """;

    /** When a page can be used: its controls are there, and from then on no task holds it up. */
    private static final String INTERACTIVE = """
            () => Math.max(window.seen.usable, performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
              ...window.busy.filter(([from]) => from < window.seen.usable + 50).map(([from, took]) => from + took))
            """;

    @Test
    void isThereAtOnce(@TempDir(cleanup = CleanupMode.NEVER) Path directory) throws Exception {
        try (var chromium = Chromium.start();
                var dev = DevProcess.start(directory)) {
            lay(dev);
            var interactive = new ArrayList<Double>();
            for (int view = 0; view < VIEWS; view++) {
                // The browser has ended what the one before left.
                Thread.sleep(2_000);
                interactive.add(view(chromium.browser(), dev));
            }
            // The first meets a server that has never answered, and a browser that has cached nothing of its own code.
            assertThat(interactive.stream().skip(1).sorted().toList().get((VIEWS - 1) / 2))
                    .as("median of " + interactive)
                    .isLessThan(1_000);
        }
    }

    private static double view(Browser browser, DevProcess dev) {
        try (var context = browser.newContext()) {
            Page page = context.newPage();
            page.addInitScript(WATCH.formatted(dev.key()));
            page.navigate(dev.http() + "/#/overview");
            page.waitForFunction("() => window.seen.rows && window.seen.figures");
            double interactive = ((Number) page.evaluate(INTERACTIVE)).doubleValue();
            System.err.printf(
                    "measured: first view of %d customers: interactive %.0f ms, figures %.0f, rows %.0f%n",
                    CUSTOMERS,
                    interactive,
                    ((Number) page.evaluate("() => window.seen.figures")).doubleValue(),
                    ((Number) page.evaluate("() => window.seen.rows")).doubleValue());
            return interactive;
        }
    }

    private static void lay(DevProcess dev) throws Exception {
        var random = new Random(9);
        Instant begin = Instant.now().minus(Duration.ofMinutes(MINUTES));
        var failed = new ArrayList<PublishFailed>();
        try (var publisher = KafkaEventPublisher.connect(new Connection(dev.kafka(), dev.registry()), "tidemark.")) {
            for (int i = 0; i < 2 * CUSTOMERS; i++) {
                publisher.publish(
                        EventKind.REQUEST,
                        Map.of(
                                "id",
                                "first-" + i,
                                "tenant_id",
                                dev.tenant(),
                                "external_customer_id",
                                "customer_" + i % CUSTOMERS,
                                "occurred_at",
                                begin.plusSeconds(random.nextInt(MINUTES * 60)),
                                "input_tokens",
                                (long) random.nextInt(4_000),
                                "credits",
                                BigDecimal.valueOf(random.nextInt(1_000), 3),
                                "cost",
                                BigDecimal.valueOf(random.nextInt(100_000), 6),
                                "currency",
                                "USD"),
                        new Noted(failed));
            }
            publisher.flush();
            assertThat(failed).isEmpty();
            awaitAll(dev.api(), publisher);
        }
    }

    private static void awaitAll(Api api, EventPublisher publisher) throws Exception {
        String all = "/api/v1/usage?period=30d&after=" + publisher.position();
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> api.get(all).statusCode() == 200);
        JsonNode usage = api.json(all);
        assertThat(usage.get("requests").asLong()).isEqualTo(2L * CUSTOMERS);
    }

    private record Noted(List<PublishFailed> failed) implements EventPublisher.Delivery {
        @Override
        public void acknowledged() {
            // As it should be.
        }

        @Override
        public void failed(PublishFailed why) {
            failed.add(why);
        }
    }
}
