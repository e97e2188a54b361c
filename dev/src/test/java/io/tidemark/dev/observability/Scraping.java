package io.tidemark.dev.observability;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Whom Prometheus is told to scrape.
 *
 * @param targets hosts and ports
 * @param labels that it adds to each series of theirs, the job's name among them
 */
public record Scraping(List<String> targets, Map<String, String> labels) {

    /** As {@code prometheus.yml} says, which has one job and one group of targets. */
    @SuppressWarnings("unchecked")
    public static Scraping read() throws IOException {
        Map<String, Object> file = Watched.yaml(Watched.DIRECTORY.resolve("prometheus/prometheus.yml"));
        Map<String, Object> job = Watched.maps(file.get("scrape_configs")).get(0);
        Map<String, Object> group = Watched.maps(job.get("static_configs")).get(0);
        var labels = new HashMap<>((Map<String, String>) Objects.requireNonNull(group.get("labels")));
        labels.put("job", String.valueOf(job.get("job_name")));
        return new Scraping(
                List.copyOf((List<String>) Objects.requireNonNull(group.get("targets"))), Map.copyOf(labels));
    }
}
