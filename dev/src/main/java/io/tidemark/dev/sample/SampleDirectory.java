package io.tidemark.dev.sample;

import io.tidemark.query.remote.CallFailed;
import io.tidemark.query.remote.RemoteInstance;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes the companies customers, over HTTP, before they use anything. */
final class SampleDirectory {
    /** A change is answered when it is committed, a few of them a second each: together they take two seconds. */
    private static final int AT_ONCE = 12;

    private static final int CONFLICT = 409;

    private SampleDirectory() {}

    /** Returns when each is there. One that is there already stays as somebody may have changed it. */
    static void fill(RemoteInstance instance) {
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE, SampleDirectory::daemon);
        try {
            List<CompletableFuture<Void>> calls = Company.ALL.stream()
                    .map(company -> CompletableFuture.runAsync(() -> create(instance, company), callers))
                    .toList();
            calls.forEach(CompletableFuture::join);
        } finally {
            callers.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "sample-customers");
        thread.setDaemon(true);
        return thread;
    }

    private static void create(RemoteInstance instance, Company company) {
        try {
            instance.post(
                    "/api/v1/customers",
                    Map.of(
                            "external_id", company.externalId(),
                            "name", company.name(),
                            "email", company.email(),
                            "timezone", company.zone().getId(),
                            "country_code", company.country(),
                            "currency", company.currency()));
        } catch (CallFailed refused) {
            if (refused.status() != CONFLICT) {
                throw refused;
            }
        }
    }
}
