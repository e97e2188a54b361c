package io.tidemark.query.ops;

import io.javalin.http.Context;
import io.tidemark.query.http.Replies;
import io.tidemark.streams.reading.Health;
import io.tidemark.streams.reading.Restore;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether to restart this process ({@code live}), whether to wait on for it ({@code startup}) and whether to send it requests ({@code ready}).
 */
public final class HealthChecks {
    /** Not being ready is no reason to say so here: whoever restarts would make it worse. */
    private static final Alive ALIVE = new Alive("alive", List.of());

    private final Supplier<Health> health;

    public HealthChecks(Supplier<Health> health) {
        this.health = health;
    }

    public void live(Context context) {
        Health now = health.get();
        Replies.health(context, now.alive(), now.alive() ? ALIVE : new Alive("dead", now.reasons()));
    }

    /** Once it was ready it has started, whatever comes. */
    public void startup(Context context) {
        Health now = health.get();
        Replies.health(context, now.started(), said(now, now.started() ? "started" : "starting"));
    }

    public void ready(Context context) {
        Health now = health.get();
        Replies.health(context, now.ready(), said(now, now.ready() ? "ready" : unready(now)));
    }

    private static String unready(Health now) {
        return now.equals(Health.CLOSING) ? "closing" : "not_ready";
    }

    private static Said said(Health now, String status) {
        return new Said(status, now.reasons(), now.restoredPercent(), now.restoring());
    }

    private record Alive(String status, List<String> reasons) {}

    private record Said(String status, List<String> reasons, int restoredPercent, List<Restore> restoring) {}
}
