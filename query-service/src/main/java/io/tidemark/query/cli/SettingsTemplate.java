package io.tidemark.query.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A settings file that changes nothing and explains everything. */
final class SettingsTemplate {
    private static final List<String> END = List.of(
            "# The first key, which makes the others; 16 characters or more.",
            "#bootstrap-key=${secret:/run/secrets/tidemark-bootstrap-key}",
            "",
            "# What the instances of a deployment share; 32 characters or more. Without it none asks another.",
            "#peer-secret=${secret:/run/secrets/tidemark-peer-secret}",
            "",
            "# Passed on to Kafka's clients, by Kafka's names. For one kind alone: kafka.producer.…, kafka.main.consumer.…",
            "#kafka.security.protocol=SASL_SSL",
            "#kafka.sasl.mechanism=SCRAM-SHA-512",
            "#kafka.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\",
            "#  username=\"tidemark\" password=\"${secret:/run/secrets/kafka-password}\";",
            "#kafka.ssl.truststore.type=PEM",
            "#kafka.ssl.truststore.location=/etc/tidemark/kafka-ca.pem",
            "",
            "# Passed on to the registry's client, by its names without schema.registry. before them.",
            "#registry.basic.auth.credentials.source=USER_INFO",
            "#registry.basic.auth.user.info=tidemark:${secret:/run/secrets/registry-password}",
            "#registry.ssl.truststore.location=/etc/tidemark/registry-ca.p12");

    private SettingsTemplate() {}

    static void print(CommandSpec spec) {
        var out = spec.commandLine().getOut();
        for (OptionSpec option : SettingDefaults.of(spec)) {
            for (String line : option.description()) {
                out.println("# " + line.replaceFirst(" ?Default: .*$", ""));
            }
            out.println("#" + SettingDefaults.name(option) + "="
                    + SettingDefaults.byDefault(option).orElse(""));
            out.println();
        }
        END.forEach(out::println);
        out.flush();
    }
}
