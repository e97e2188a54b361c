package io.tidemark.dev.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The records as other tools see them. */
final class EntryTest {
    private final Desk desk = new Desk();

    @Test
    void isWrittenAsConfluentDoes() {
        desk.register("s", "\"string\"");
        desk.settings.setLevel(Scope.GLOBAL, "FULL");
        desk.settings.setMode(Scope.of("t"), "READONLY", false);
        desk.deletion.deleteSubject("s", false);
        desk.deletion.deleteSubject("s", true);
        assertThat(desk.ledger.lines())
                .containsExactly(
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1}"
                                + " {\"subject\":\"s\",\"version\":1,\"id\":1,\"schema\":\"\\\"string\\\"\",\"deleted\":false}",
                        "{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0} {\"compatibilityLevel\":\"FULL\"}",
                        "{\"keytype\":\"MODE\",\"subject\":\"t\",\"magic\":0} {\"mode\":\"READONLY\"}",
                        "{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"s\",\"magic\":0} {\"subject\":\"s\",\"version\":1}",
                        "{\"keytype\":\"NOOP\",\"magic\":0} {\"highestId\":1}",
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1} null");
    }

    @Test
    void isLeftAloneWhenOfAnotherKind() {
        assertThat(EntryReader.read("{\"keytype\":\"NOOP\",\"magic\":0}", null)).isEmpty();
        assertThat(EntryReader.read("{\"keytype\":\"CONTEXT\",\"magic\":0}", "{}"))
                .isEmpty();
        assertThatThrownBy(() -> EntryReader.read("not json", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryReader.read("{\"keytype\":\"SCHEMA\"}", "{}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsTheIdsOfSchemasWeDoNotServe() {
        var key = "{\"keytype\":\"SCHEMA\",\"subject\":\"p\",\"version\":1,\"magic\":1}";
        var value = "{\"subject\":\"p\",\"version\":1,\"id\":9,\"schemaType\":\"PROTOBUF\",\"schema\":\"\"}";
        EntryReader.read(key, value).orElseThrow().applyTo(desk.subjects);
        assertThat(desk.register("s", "\"string\"")).isEqualTo(10);
    }
}
