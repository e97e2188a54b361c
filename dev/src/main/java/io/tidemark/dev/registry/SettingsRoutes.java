package io.tidemark.dev.registry;

import static io.tidemark.dev.registry.Asked.flag;
import static io.tidemark.dev.registry.Asked.scope;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.client.rest.entities.Config;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.ConfigUpdateRequest;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.ModeUpdateRequest;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** The endpoints of compatibility levels and modes. */
record SettingsRoutes(Settings settings) {
    private static final String CONFIG = "/config/{subject}";
    private static final String MODE = "/mode/{subject}";

    void on(RoutesConfig to) {
        to.get("/config", it -> it.json(shown(settings.level(Scope.GLOBAL, false))));
        to.put("/config", it -> setLevel(it, Scope.GLOBAL));
        to.delete("/config", it -> it.json(shown(settings.deleteLevel(Scope.GLOBAL))));
        to.get(CONFIG, it -> it.json(shown(settings.level(scope(it), flag(it, "defaultToGlobal")))));
        to.put(CONFIG, it -> setLevel(it, scope(it)));
        to.delete(CONFIG, it -> it.json(shown(settings.deleteLevel(scope(it)))));

        to.get("/mode", it -> it.json(shown(settings.mode(Scope.GLOBAL, false))));
        to.put("/mode", it -> setMode(it, Scope.GLOBAL));
        to.delete("/mode", it -> it.json(shown(settings.deleteMode(Scope.GLOBAL))));
        to.get(MODE, it -> it.json(shown(settings.mode(scope(it), flag(it, "defaultToGlobal")))));
        to.put(MODE, it -> setMode(it, scope(it)));
        to.delete(MODE, it -> it.json(shown(settings.deleteMode(scope(it)))));
    }

    private void setLevel(Context request, Scope scope) {
        var wanted = Asked.body(request, ConfigUpdateRequest.class);
        var onlyLevel = new ConfigUpdateRequest();
        onlyLevel.setCompatibilityLevel(wanted.getOptionalCompatibilityLevel());
        if (!wanted.equals(onlyLevel)) {
            throw Fault.notPermitted("Only the compatibility level can be configured here");
        }
        onlyLevel.setCompatibilityLevel(
                settings.setLevel(scope, wanted.getCompatibilityLevel()).name());
        request.json(onlyLevel);
    }

    private void setMode(Context request, Scope scope) {
        var wanted = Asked.body(request, ModeUpdateRequest.class);
        var mode = settings.setMode(scope, wanted.getMode(), flag(request, "force"));
        request.json(new ModeUpdateRequest(mode.name()));
    }

    private static Config shown(CompatibilityLevel level) {
        return new Config(level.name());
    }

    private static ModeUpdateRequest shown(Mode mode) {
        return new ModeUpdateRequest(mode.name());
    }
}
