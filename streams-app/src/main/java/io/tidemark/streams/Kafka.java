package io.tidemark.streams;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;

/** Makes the clients that are not Kafka Streams' own. */
final class Kafka {
    private static final String ANSWER_WITHIN_MILLIS = "10000";

    private Kafka() {}

    static Admin admin(MeteringSettings settings) {
        Map<String, Object> config = settings.client("admin");
        config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        return Admin.create(config);
    }
}
