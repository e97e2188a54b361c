package io.tidemark.dev.saved;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.DevProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an installation answered when it was saved. Only what is kept for ever is asked: whole months in UTC, customers, keys,
 * tenants; a later build may answer more, but what was said must be said again.
 *
 * @param keys by the name that questions call them by
 * @param again an event that was counted
 * @param fates what became of how many records
 * @param feed what usage-feed tells, in words, by its record keys
 */
record SavedAnswers(
        Map<String, String> keys,
        Again again,
        Map<String, Long> fates,
        Map<String, List<String>> feed,
        List<Question> questions) {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** An event as {@link Scenario#request} makes it again. */
    record Again(String id, String customer, String occurredAt) {}

    /** A GET by one of the keys. */
    record Question(String key, String path, int status, JsonNode body) {}

    /** What is answered otherwise now; nothing, if all is well. */
    List<String> differences(DevProcess dev) throws IOException, InterruptedException {
        var differences = new ArrayList<String>();
        for (Question question : questions) {
            var api = new Api(dev.http(), Objects.requireNonNull(keys.get(question.key)));
            Question now = ask(api, question.key, question.path);
            compare(question.path, question.body, now.body, differences);
            if (now.status != question.status) {
                differences.add(question.path + ": " + now.status + " instead of " + question.status);
            }
        }
        compare("usage-feed", JSON.valueToTree(feed), JSON.valueToTree(ToldMonths.of(dev)), differences);
        Map<String, Long> found = new TreeMap<>(dev.api().fates());
        compare("fates", tree(fates), tree(found), differences);
        return differences;
    }

    /** Read back from text, as the saved ones are, so that numbers have the same types. */
    private static JsonNode tree(Map<String, Long> counts) throws IOException {
        return JSON.readTree(JSON.writeValueAsString(counts));
    }

    static Question ask(Api api, String key, String path) throws IOException, InterruptedException {
        var answer = api.get(path);
        JsonNode body = answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
        if (body instanceof ObjectNode object) {
            // How fresh it is changes; so may the words of a refusal, but not its type.
            object.remove(List.of("as_of", "position", "title", "detail", "instance"));
        }
        return new Question(key, path, answer.statusCode(), body);
    }

    private static void compare(String at, JsonNode expected, @Nullable JsonNode found, List<String> differences) {
        if (expected.isObject() && found != null) {
            expected.properties()
                    .forEach(field -> compare(
                            at + " " + field.getKey(), field.getValue(), found.get(field.getKey()), differences));
        } else if (expected.isArray() && found != null && found.size() == expected.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(at + " " + i, expected.get(i), found.get(i), differences);
            }
        } else if (!expected.equals(found)) {
            differences.add(at + ": " + found + " instead of " + expected);
        }
    }

    void writeTo(Path file) throws IOException {
        // A line each, for people who read a change.
        var lines = new ArrayList<String>();
        for (Question question : questions) {
            lines.add(JSON.writeValueAsString(question));
        }
        String text = "{\"keys\":%s,\n\"again\":%s,\n\"fates\":%s,\n\"feed\":%s,\n\"questions\":[\n%s\n]}\n"
                .formatted(
                        JSON.writeValueAsString(new TreeMap<>(keys)),
                        JSON.writeValueAsString(again),
                        JSON.writeValueAsString(new TreeMap<>(fates)),
                        JSON.writeValueAsString(feed).replace("],", "],\n"),
                        String.join(",\n", lines));
        Files.writeString(file, text, UTF_8);
    }

    static SavedAnswers readFrom(Path file) throws IOException {
        return JSON.readValue(Files.readString(file, UTF_8), SavedAnswers.class);
    }
}
