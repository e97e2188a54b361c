package io.tidemark.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Fields;
import io.tidemark.streams.fixtures.Wire;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class ContentHashTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Schema REQUEST = RequestEvent.getClassSchema();
    private static final Schema USAGE = UsageEvent.getClassSchema();

    private final Wire wire = new Wire();
    private final Judging judging = new Judging(wire);

    @Test
    void isTheSameInAnyOrderOfTheFields() {
        int hash = hash(full(), REQUEST);
        var random = new Random(3);
        for (int i = 0; i < 50; i++) {
            var fields = new ArrayList<Schema.Field>();
            REQUEST.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
            Collections.shuffle(fields, random);
            assertThat(hash(full(), Fields.record(REQUEST, fields))).isEqualTo(hash);
        }
    }

    @Test
    void isTheSameInAnyOrderOfTheTags() {
        var tags = new LinkedHashMap<String, String>();
        tags.put("b", "2");
        tags.put("a", "1");
        var turned = new LinkedHashMap<String, String>();
        turned.put("a", "1");
        turned.put("b", "2");
        assertThat(hash(full().with("tags", tags), REQUEST)).isEqualTo(hash(full().with("tags", turned), REQUEST));
        assertThat(wire.frame(REQUEST, full().with("tags", tags).write(REQUEST)))
                .isNotEqualTo(wire.frame(REQUEST, full().with("tags", turned).write(REQUEST)));
    }

    @Test
    void isTheSameWhenAFieldIsAddedWithItsDefault() {
        Schema before = Fields.changed(
                Fields.changed(Fields.changed(REQUEST, "tags", type -> null), "model", type -> null),
                "reasoning_tokens",
                type -> null);
        Fields event = Fields.valid(NOW).with("credits", BigDecimal.TEN);
        assertThat(hash(event, before)).isEqualTo(hash(event, REQUEST));
        assertThat(hash(event, Fields.extended(REQUEST, "unknown", Schema.create(Schema.Type.NULL))))
                .isEqualTo(hash(event, REQUEST));
    }

    @Test
    void isTheSameHoweverTheWriterLaysAmountsOut() {
        Fields event = full().with("credits", new BigDecimal("-12.5")).with("cost", new BigDecimal("1e20"));
        Schema fine = LogicalTypes.decimal(60, 12).addToSchema(Schema.create(Schema.Type.BYTES));
        Schema coarse = LogicalTypes.decimal(38, 1).addToSchema(Schema.createFixed("F", null, null, 20));
        assertThat(hash(event, Fields.changed(REQUEST, "credits", type -> fine)))
                .isEqualTo(hash(event, REQUEST));
        assertThat(hash(event, Fields.changed(REQUEST, "credits", type -> coarse)))
                .isEqualTo(hash(event, REQUEST));
        assertThat(hash(event, Fields.changed(REQUEST, "cost", type -> coarse))).isEqualTo(hash(event, REQUEST));
        assertThat(judging.event(Source.REQUESTS, wire.frame(REQUEST, event.writeInBlocks(REQUEST)), NOW)
                        .contentHash())
                .isEqualTo(hash(event, REQUEST));
    }

    @Test
    void isTheSameForARetryWithAFreshTime() {
        assertThat(hash(full().with("occurred_at", NOW.minusSeconds(60).toEpochMilli() * 1_000), REQUEST))
                .isEqualTo(hash(full(), REQUEST));
    }

    @Test
    void differsWhenAnyFieldOfContentDiffers() {
        var hashes = new HashSet<Integer>();
        var changed = new TreeSet<String>();
        hashes.add(hash(Fields.valid(NOW), REQUEST));
        hashes.add(usageHash(Fields.valid(NOW)));
        for (Field field : Field.of(EventKind.REQUEST)) {
            if (field.mark() > 0) {
                changed.add(field.wireName());
                assertThat(hashes.add(hash(with(field, Fields.valid(NOW).with("currency", "USD")), REQUEST)))
                        .as("%s", field)
                        .isTrue();
            }
        }
        for (Field field : Field.of(EventKind.USAGE)) {
            if (field.mark() > 0) {
                changed.add(field.wireName());
                assertThat(hashes.add(usageHash(with(field, Fields.valid(NOW).with("currency", "USD")))))
                        .as("%s", field)
                        .isTrue();
            }
        }
        var all = new TreeSet<String>();
        REQUEST.getFields().forEach(field -> all.add(field.name()));
        USAGE.getFields().forEach(field -> all.add(field.name()));
        List.of("id", "source", "tenant_id", "external_customer_id", "occurred_at")
                .forEach(all::remove);
        assertThat(changed).isEqualTo(all);
    }

    @Test
    void tellsATagsKeyFromItsValue() {
        assertThat(hash(full().with("tags", Map.of("a", "b")), REQUEST))
                .isNotEqualTo(hash(full().with("tags", Map.of("b", "a")), REQUEST));
        assertThat(hash(full().with("model", "x").with("flow", "y"), REQUEST))
                .isNotEqualTo(hash(full().with("model", "y").with("flow", "x"), REQUEST));
    }

    private static Fields with(Field field, Fields event) {
        return switch (field.type()) {
            case TEXT, LABEL -> event.with(field.wireName(), field == Field.CURRENCY ? "EUR" : "other");
            case LABELS -> event.with(field.wireName(), Map.of("k", "v"));
            case COUNT -> event.with(field.wireName(), 7L);
            case DECIMAL -> event.with(field.wireName(), new BigDecimal("7"));
            case INSTANT -> event;
        };
    }

    private static Fields full() {
        return Fields.valid(NOW)
                .with("source", "s")
                .with("model", "gpt-x")
                .with("status", "ok")
                .with("latency_ms", 5L)
                .with("input_tokens", 100L)
                .with("credits", new BigDecimal("1.5"))
                .with("cost", new BigDecimal("0.25"))
                .with("currency", "USD")
                .with("tags", Map.of("team", "a"));
    }

    private int hash(Fields event, Schema schema) {
        return judging.event(Source.REQUESTS, wire.frame(schema, event.write(schema)), NOW)
                .contentHash();
    }

    private int usageHash(Fields event) {
        return judging.event(Source.USAGE, wire.frame(USAGE, event.write(USAGE)), NOW)
                .contentHash();
    }
}
