package io.tidemark.streams;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;

/** Makes the clients that are not Kafka Streams' own. */
final class Kafka {
    private static final String ANSWER_WITHIN_MILLIS = "10000";

    private Kafka() {}

    static Admin admin(MeteringSettings settings) {
        Map<String, Object> config = new HashMap<>();
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.kafka());
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.applicationId() + "-admin");
        config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        config.putAll(settings.kafkaOverrides());
        return Admin.create(config);
    }
}
