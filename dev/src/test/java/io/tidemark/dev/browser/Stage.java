package io.tidemark.dev.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.publishing.EventPublisher;
import io.tidemark.streams.publishing.KafkaEventPublisher;
import java.nio.file.Path;

/** What the tests of the dashboard share: a browser, a {@code dev --sample}, and a day that is theirs. */
final class Stage implements AutoCloseable {
    private final Chromium chromium;
    private final DevProcess dev;
    private final EventPublisher publisher;
    private final OwnDay day;

    private Stage(Chromium chromium, DevProcess dev) {
        this.chromium = chromium;
        this.dev = dev;
        publisher = KafkaEventPublisher.connect(new Connection(dev.kafka(), dev.registry()), "tidemark.");
        day = new OwnDay(dev.api(), publisher, dev.tenant());
    }

    /** The browser first: without one there is nothing to start. Once the history is there, little else is done. */
    static Stage set(Path directory) throws Exception {
        var chromium = Chromium.start();
        var dev = DevProcess.start(directory, "--sample", "--sample-seed", "7");
        try {
            assertThat(dev.nextLine()).startsWith("sample seed=7");
            var stage = new Stage(chromium, dev);
            stage.day.begin();
            return stage;
        } catch (Exception | AssertionError notSet) {
            dev.close();
            chromium.close();
            throw notSet;
        }
    }

    OwnDay day() {
        return day;
    }

    Api api() {
        return dev.api();
    }

    DevProcess dev() {
        return dev;
    }

    /** A tab of a browser that was never here; nobody is signed in. */
    Tab stranger() {
        return new Tab(chromium.browser(), dev.http());
    }

    Tab stranger(Browser.NewContextOptions options) {
        return new Tab(chromium.browser(), dev.http(), options);
    }

    /** A tab that shows a view, signed in as whoever has the key of {@code dev}. */
    Tab at(String view) {
        return stranger().open(view).signIn(dev.key());
    }

    /** The same, of the day that is ours. */
    Tab atOwnDay(String view, String... parameters) {
        return at(view + "?" + day.asked() + "&" + String.join("&", parameters));
    }

    @Override
    public void close() {
        publisher.close();
        dev.close();
        chromium.close();
    }

    /** Where the tests of one view are: an interface, so that one class has those of all views. */
    interface Acted {
        Stage stage();
    }
}
