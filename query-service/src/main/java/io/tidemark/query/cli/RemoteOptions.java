package io.tidemark.query.cli;

import io.tidemark.query.remote.RemoteInstance;
import io.tidemark.query.remote.RemoteTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which instance is asked, and with which key. */
final class RemoteOptions {
    @Option(names = "--url", paramLabel = "URL", description = "An instance, such as http://tidemark:8080.")
    private @Nullable String url;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description =
                    "One with the scope that the call needs. Others can see command lines: better TIDEMARK_API_KEY.")
    private @Nullable String apiKey;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = ".tidemark",
            description = "Of a running dev, which has both where no URL is given; default: ${DEFAULT-VALUE}")
    private Path dataDirectory = Path.of(".tidemark");

    private Optional<RemoteInstance> instance = Optional.empty();

    /** What is wrong with them, once they are looked at; {@link #instance} is there when nothing is. */
    List<String> faults() {
        var faults = new ArrayList<String>();
        instance = RemoteTarget.find(Optional.ofNullable(url), Optional.ofNullable(apiKey), dataDirectory, faults);
        return faults;
    }

    /** The one that was found. */
    RemoteInstance instance() {
        return instance.orElseThrow();
    }
}
