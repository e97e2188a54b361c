package io.tidemark.dev.command;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What {@code dev} needs to know. A port of 0 is any free one.
 *
 * @param feedInterval how long changes are gathered before {@code usage-feed} is told; zero: never
 * @param apiKey the key that may ask; null: the one of the data directory, made on first use
 */
public record DevSettings(
        Path dataDirectory,
        int httpPort,
        int kafkaPort,
        int registryPort,
        String tenant,
        Duration feedInterval,
        @Nullable String apiKey) {}
