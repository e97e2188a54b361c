package io.tidemark.streams.recount;

import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.reading.UsagePages.Page;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** What is served, whoever is asked and however. Pages of different lengths are asked for at the same time. */
public interface ServedPages {

    /**
     * Gives every page of a tenant.
     *
     * @param customer an external id; empty: those of all
     * @param position that each answer must contain
     * @return from when on pages of that length are kept
     */
    Instant each(
            PageLength length,
            Instant from,
            Instant to,
            Optional<String> customer,
            String position,
            Consumer<Page> page);
}
