package io.tidemark.query.importing;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a file is imported.
 *
 * @param progress where it is kept how far it is
 * @param refused where it is reported what was refused
 * @param parallel how many rows are on their way at once
 * @param patience how long an instance may answer nothing
 * @param restart whether to forget what was done before
 */
public record ImportSettings(
        CustomerFile file,
        Path progress,
        Path refused,
        Existing existing,
        int parallel,
        Duration patience,
        boolean restart) {}
