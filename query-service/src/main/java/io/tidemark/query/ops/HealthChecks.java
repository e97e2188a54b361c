package io.tidemark.query.ops;

import io.javalin.http.Context;
import io.tidemark.query.http.Replies;
import io.tidemark.streams.reading.Health;
import java.util.List;
import java.util.function.Supplier;

/** Whether to restart this process ({@code live}) and whether to send it requests ({@code ready}). */
public final class HealthChecks {
    /** Not being ready is no reason to say so here: whoever restarts would make it worse. */
    private static final Said ALIVE = new Said("alive", List.of());

    private final Supplier<Health> health;

    public HealthChecks(Supplier<Health> health) {
        this.health = health;
    }

    public void live(Context context) {
        Health now = health.get();
        Replies.health(context, now.alive(), now.alive() ? ALIVE : new Said("dead", now.reasons()));
    }

    public void ready(Context context) {
        Health now = health.get();
        Replies.health(context, now.ready(), new Said(now.ready() ? "ready" : "not_ready", now.reasons()));
    }

    private record Said(String status, List<String> reasons) {}
}
