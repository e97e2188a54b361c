package io.tidemark.dev.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.contract.Call;
import io.tidemark.contract.Contract;
import io.tidemark.contract.Reply;
import io.tidemark.contract.Wire;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.CurlLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The examples of the five documents that the API answers to, sent as they are written but for host, key, tenant and ids. Each says
 * its document and what is answered; where that is something else than the document has, why.
 */
final class SeedExamples {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEY_HEADERS = Set.of("authorization", "x-api-key");
    private static final String THEIR_SLUG = "my-app";
    /** What stands for a customer's UUID in the documents. */
    private static final List<String> UUIDS = List.of(
            "{id}",
            "<customer_id>",
            "cus_abc123",
            "497f6eca-6276-4993-bfeb-53cbbbba6f08",
            "019d6258-07ba-7418-83be-58f5fde53e4e",
            "22f9e5e1-5129-4cc7-9d8d-1248b092e05b");

    private final Parties parties;
    private final String key;

    SeedExamples(Parties parties, String key) {
        this.parties = parties;
        this.key = key;
    }

    static JsonNode all() {
        try (InputStream in = SeedExamples.class.getResourceAsStream("/seeds/examples.json")) {
            return JSON.readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String name(JsonNode example) {
        String text = example.path("line").asText(example.path("curl").asText());
        return example.get("document").asText() + " " + text.lines().findFirst().orElse("");
    }

    void check(JsonNode example) throws IOException, InterruptedException {
        Call call = example.has("curl") ? curl(example.get("curl").asText()) : line(example);
        try (var wire = new Wire(parties.base())) {
            Reply reply = wire.send(call);
            Contract.ofClassPath().hold(reply);
            assertThat(reply.status())
                    .as("%s%n%s", call, reply)
                    .isEqualTo(example.get("status").asInt());
            JsonNode body = reply.body().isEmpty() ? JSON.createObjectNode() : Api.parsed(reply.body());
            if (example.has("problem")) {
                assertThat(body.path("type").asText())
                        .isEqualTo(
                                "urn:tidemark:problem:" + example.get("problem").asText());
            }
            example.path("answers")
                    .forEach(field -> assertThat(body.has(field.asText()))
                            .as("%s in %s", field, body)
                            .isTrue());
            example.path("lacks")
                    .forEach(field -> assertThat(body.has(field.asText()))
                            .as("%s in %s", field, body)
                            .isFalse());
        }
    }

    private Call curl(String command) throws IOException, InterruptedException {
        CurlLine curl = CurlLine.parse(command);
        var headers = new ArrayList<Map.Entry<String, String>>();
        for (Map.Entry<String, String> header : curl.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            String bearer = name.equals("authorization") ? "Bearer " : "";
            headers.add(KEY_HEADERS.contains(name) ? Map.entry(header.getKey(), bearer + key) : header);
        }
        String query = curl.url().getRawQuery() == null ? "" : "?" + curl.url().getRawQuery();
        return call(curl.method(), curl.url().getRawPath() + query, headers, curl.body());
    }

    /** A method and a path alone, with a body that may stand beside them. */
    private Call line(JsonNode example) throws IOException, InterruptedException {
        String[] words = example.get("line").asText().split(" ", 2);
        String body = example.has("body") ? example.get("body").toString() : "";
        var headers = new ArrayList<>(List.of(Map.entry("Authorization", "Bearer " + key)));
        if (!body.isEmpty()) {
            headers.add(Map.entry("Content-Type", "application/json"));
        }
        example.path("headers")
                .properties()
                .forEach(header ->
                        headers.add(Map.entry(header.getKey(), header.getValue().asText())));
        return call(words[0], words[1], headers, body);
    }

    private Call call(String method, String target, List<Map.Entry<String, String>> headers, String body)
            throws IOException, InterruptedException {
        String there = target.replace(THEIR_SLUG, parties.tenant()).replace("{key}", "seats");
        String sent = body;
        boolean about = there.contains("{external_id}")
                || UUIDS.stream().anyMatch(id -> target.contains(id) || body.contains(id));
        if (about) {
            var customer = parties.customer();
            there = there.replace("{external_id}", customer.externalId());
            for (String id : UUIDS) {
                there = there.replace(id, customer.uuid());
                sent = sent.replace(id, customer.uuid());
            }
        }
        return new Call(method, there, headers, sent.getBytes(UTF_8));
    }
}
