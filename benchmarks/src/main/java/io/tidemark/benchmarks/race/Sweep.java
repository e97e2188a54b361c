package io.tidemark.benchmarks.race;

import io.tidemark.benchmarks.course.Course;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;

/** Takes away what a contestant left on the broker, so that the next finds the course and nothing else. */
final class Sweep {
    private static final String SCHEMAS = "_schemas";
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final int MOST_TRIES = 120;

    private final String kafka;

    Sweep(String kafka) {
        this.kafka = kafka;
    }

    void after(Course course) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka))) {
            for (int tries = 0; !isClean(admin, course); tries++) {
                if (tries == MOST_TRIES) {
                    throw new IllegalStateException("the broker does not come clean");
                }
                Thread.sleep(BETWEEN_TRIES.toMillis());
            }
        }
    }

    /** Asks for all to be deleted that should not be there; true once nothing was. */
    private static boolean isClean(Admin admin, Course course) throws InterruptedException, ExecutionException {
        Set<String> topics = admin.listTopics().names().get().stream()
                .filter(topic -> !topic.equals(course.topic()) && !topic.equals(SCHEMAS))
                .collect(Collectors.toSet());
        Set<String> groups = admin.listGroups().all().get().stream()
                .map(GroupListing::groupId)
                .collect(Collectors.toSet());
        try {
            admin.deleteTopics(topics).all().get();
            admin.deleteConsumerGroups(groups).all().get();
        } catch (ExecutionException notYet) {
            return false;
        }
        return topics.isEmpty() && groups.isEmpty();
    }
}
