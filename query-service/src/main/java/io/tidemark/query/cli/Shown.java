package io.tidemark.query.cli;

import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.connecting.KafkaSetting;
import java.util.Set;

/** A setting's value as it may be shown. */
final class Shown {
    private static final String HIDDEN = "(hidden)";
    private static final Set<String> SECRETS =
            Set.of(SettingDefaults.BOOTSTRAP_KEY, SettingDefaults.PEER_SECRET, "api-key");
    /** Of what the registry's client takes and Kafka's do not, all that is surely none. */
    private static final String SOURCE = ".credentials.source";

    private Shown() {}

    static String of(String setting, String value) {
        if (setting.equals("registry")) {
            return new Connection("", value).registryWithoutSecrets();
        }
        return isSecret(setting) ? HIDDEN : value;
    }

    private static boolean isSecret(String setting) {
        if (setting.startsWith("kafka.") || setting.startsWith("registry.")) {
            String passedOn = setting.substring(setting.indexOf('.') + 1);
            return KafkaSetting.named(passedOn).isSecret() && !passedOn.endsWith(SOURCE);
        }
        return SECRETS.contains(setting);
    }
}
