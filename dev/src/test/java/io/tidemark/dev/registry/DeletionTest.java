package io.tidemark.dev.registry;

import static io.tidemark.dev.registry.Desk.BREAKING;
import static io.tidemark.dev.registry.Desk.ONE;
import static io.tidemark.dev.registry.Desk.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeletionTest {
    private final Desk desk = new Desk();

    @Test
    void hidesBeforeItRemoves() {
        desk.register("s", ONE);
        assertThat(code(() -> desk.deletion.deleteSubject("s", true))).isEqualTo(40405);
        assertThat(code(() -> desk.deletion.deleteVersion("s", new VersionId(1), true)))
                .isEqualTo(40407);
        assertThat(desk.deletion.deleteVersion("s", VersionId.LATEST, false)).isEqualTo(1);
        assertThat(code(() -> desk.deletion.deleteVersion("s", new VersionId(1), false)))
                .isEqualTo(40406);
        assertThat(code(() -> desk.deletion.deleteSubject("s", false))).isEqualTo(40404);
        assertThat(desk.deletion.deleteVersion("s", VersionId.LATEST, true)).isEqualTo(1);
        assertThat(code(() -> desk.deletion.deleteSubject("s", true))).isEqualTo(40401);
    }

    @Test
    void ignoresHiddenVersionsWhenItJudgesCompatibility() {
        desk.register("s", ONE);
        desk.deletion.deleteSubject("s", false);
        assertThat(desk.register("s", BREAKING)).isEqualTo(2);
    }

    @Test
    void keepsHiddenSchemasReadableById() {
        desk.register("s", ONE);
        desk.deletion.deleteSubject("s", false);
        assertThat(desk.catalogue.schema(1, false).getSchemaString()).contains("\"a\"");
        assertThat(desk.catalogue.subjectsOf(1, Visibility.LIVE)).isEmpty();
        assertThat(desk.catalogue.subjectsOf(1, Visibility.ALL)).containsExactly("s");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neverGivesAnIdTwiceNotEvenAfterARestart(boolean compacted) {
        desk.register("s", ONE);
        desk.register("t", TWO);
        desk.deletion.deleteSubject("t", false);
        desk.deletion.deleteSubject("t", true);
        var restarted = desk.ledger.replayed(compacted);
        assertThat(restarted.highestId()).isEqualTo(2);
        assertThat(restarted.withId(2)).isEmpty();
        assertThat(desk.register("u", TWO)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doesNotHideAgainWhatCameBackAfterARemoval(boolean compacted) {
        desk.register("s", ONE);
        desk.deletion.deleteSubject("s", false);
        desk.deletion.deleteSubject("s", true);
        desk.register("s", ONE);
        var restarted = desk.ledger.replayed(compacted);
        assertThat(restarted.of("s", Visibility.LIVE)).isEqualTo(desk.subjects.of("s", Visibility.LIVE));
        assertThat(restarted.of("s", Visibility.LIVE)).hasSize(1);
    }

    @Test
    void takesTheSubjectsSettingsWithIt() {
        desk.register("s", ONE);
        desk.settings.setLevel(Scope.of("s"), "NONE");
        desk.deletion.deleteSubject("s", false);
        assertThat(desk.ledger.replayed(true).levels().setAt(Scope.of("s"))).isEmpty();
    }

    private static int code(ThrowingCallable call) {
        return catchThrowableOfType(Fault.class, call).code();
    }
}
