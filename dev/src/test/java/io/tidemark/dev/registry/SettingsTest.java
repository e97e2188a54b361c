package io.tidemark.dev.registry;

import static io.tidemark.dev.registry.Desk.BREAKING;
import static io.tidemark.dev.registry.Desk.ONE;
import static io.tidemark.dev.registry.Desk.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    private final Desk desk = new Desk();

    @Test
    void preferTheSubjectsOwnOverEveryones() {
        var subject = Scope.of("s");
        assertThat(desk.settings.level(Scope.GLOBAL, false)).isEqualTo(CompatibilityLevel.BACKWARD);
        assertThat(code(() -> desk.settings.level(subject, false))).isEqualTo(40408);
        desk.settings.setLevel(Scope.GLOBAL, "full");
        assertThat(desk.settings.level(subject, true)).isEqualTo(CompatibilityLevel.FULL);
        desk.settings.setLevel(subject, "NONE");
        assertThat(desk.settings.level(subject, false)).isEqualTo(CompatibilityLevel.NONE);
        assertThat(desk.settings.deleteLevel(subject)).isEqualTo(CompatibilityLevel.NONE);
        assertThat(code(() -> desk.settings.deleteLevel(subject))).isEqualTo(40401);
        assertThat(code(() -> desk.settings.setLevel(subject, "FULLY"))).isEqualTo(42203);
    }

    @Test
    void guardReadOnlySubjects() {
        desk.register("s", ONE);
        desk.settings.setMode(Scope.of("s"), "READONLY", false);
        assertThat(desk.register("s", ONE)).as("nothing to write").isEqualTo(1);
        assertThat(code(() -> desk.register("s", TWO))).isEqualTo(42205);
        assertThat(code(() -> desk.deletion.deleteSubject("s", false))).isEqualTo(42205);
        assertThat(code(() -> desk.settings.setLevel(Scope.of("s"), "NONE"))).isEqualTo(42205);
        assertThat(desk.register("t", TWO)).isEqualTo(2);
    }

    @Test
    void letEveryonesOverrideWin() {
        desk.settings.setMode(Scope.of("s"), "READWRITE", false);
        desk.settings.setMode(Scope.GLOBAL, "READONLY_OVERRIDE", false);
        assertThat(code(() -> desk.register("s", ONE))).isEqualTo(42205);
        desk.settings.setMode(Scope.GLOBAL, "READONLY", false);
        assertThat(desk.register("s", ONE)).isEqualTo(1);
    }

    @Test
    void refuseToImportOverWhatIsThere() {
        desk.register("s", ONE);
        assertThat(code(() -> desk.settings.setMode(Scope.GLOBAL, "IMPORT", false)))
                .isEqualTo(42205);
        assertThat(desk.settings.setMode(Scope.GLOBAL, "IMPORT", true)).isEqualTo(Mode.IMPORT);
        assertThat(desk.settings.setMode(Scope.of("t"), "IMPORT", false)).isEqualTo(Mode.IMPORT);
    }

    /** b is added with a default and then dropped again; c is added without one. */
    @ParameterizedTest
    @CsvSource({
        "NONE, true, true",
        "BACKWARD, true, false",
        "BACKWARD_TRANSITIVE, true, false",
        "FORWARD, true, true",
        "FORWARD_TRANSITIVE, true, true",
        "FULL, true, false",
        "FULL_TRANSITIVE, true, false",
    })
    void areHeldToAtEveryLevel(String level, boolean withDefault, boolean withoutDefault) {
        desk.register("s", ONE);
        desk.settings.setLevel(Scope.of("s"), level);
        assertThat(desk.compatibility.againstAll("s", Desk.request(TWO), false).isEmpty())
                .isEqualTo(withDefault);
        assertThat(desk.compatibility
                        .againstAll("s", Desk.request(BREAKING), false)
                        .isEmpty())
                .isEqualTo(withoutDefault);
    }

    /** c without a default can be read from the latest version, which has it, but not from the first. */
    @ParameterizedTest
    @CsvSource({"BACKWARD, true", "BACKWARD_TRANSITIVE, false", "FULL, true", "FULL_TRANSITIVE, false"})
    void lookFurtherBackWhenTransitive(String level, boolean compatible) {
        desk.settings.setLevel(Scope.of("s"), "NONE");
        desk.register("s", ONE);
        desk.register("s", BREAKING);
        desk.settings.setLevel(Scope.of("s"), level);
        var next = BREAKING.replace("\"fields\":[", "\"doc\":\"next\",\"fields\":[");
        assertThat(desk.compatibility.againstAll("s", Desk.request(next), false).isEmpty())
                .isEqualTo(compatible);
    }

    private static int code(ThrowingCallable call) {
        return catchThrowableOfType(Fault.class, call).code();
    }
}
