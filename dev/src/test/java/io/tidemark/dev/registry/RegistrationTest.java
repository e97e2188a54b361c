package io.tidemark.dev.registry;

import static io.tidemark.dev.registry.Desk.BREAKING;
import static io.tidemark.dev.registry.Desk.ONE;
import static io.tidemark.dev.registry.Desk.TWO;
import static io.tidemark.dev.registry.Desk.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class RegistrationTest {
    private final Desk desk = new Desk();

    @Test
    void countsIdsFromOneAndVersionsPerSubject() {
        assertThat(desk.register("s", ONE)).isEqualTo(1);
        assertThat(desk.register("s", TWO)).isEqualTo(2);
        assertThat(desk.register("t", TWO)).isEqualTo(2);
        assertThat(desk.catalogue.versions("s", Visibility.LIVE)).containsExactly(1, 2);
        assertThat(desk.catalogue.versions("t", Visibility.LIVE)).containsExactly(1);
        assertThat(desk.catalogue.schema(1, true).getMaxId()).isEqualTo(2);
    }

    @Test
    void writesNothingForASchemaThatIsThere() {
        desk.register("s", ONE);
        var before = desk.ledger.lines();
        assertThat(desk.register("s", " " + ONE + "\n"))
                .as("only the layout differs")
                .isEqualTo(1);
        assertThat(desk.ledger.lines()).isEqualTo(before);
    }

    @Test
    void refusesAnIncompatibleSchema() {
        desk.register("s", ONE);
        var fault = fault(() -> desk.register("s", BREAKING));
        assertThat(fault.code()).isEqualTo(409);
        assertThat(fault.sentence()).contains("\"s\"", "READER_FIELD_MISSING_DEFAULT_VALUE", "'c'", "BACKWARD");
    }

    @Test
    void refusesWhatIsNotAvro() {
        var protobuf = request("message M {}");
        protobuf.setSchemaType("PROTOBUF");
        var fault = fault(() -> desk.registration.register("s", protobuf, false));
        assertThat(fault.code()).isEqualTo(42201);
        assertThat(fault.sentence()).contains("PROTOBUF");
        assertThat(fault(() -> desk.register("s", "{\"type\":\"recrod\"}")).code())
                .isEqualTo(42201);
        assertThat(fault(() -> desk.register("s", "")).code()).isEqualTo(42201);
    }

    @Test
    void givesARestoredSchemaItsOldIdAndANewVersion() {
        desk.register("s", ONE);
        desk.deletion.deleteSubject("s", false);
        assertThat(desk.register("s", ONE)).isEqualTo(1);
        assertThat(desk.catalogue.versions("s", Visibility.LIVE)).containsExactly(2);
    }

    @Test
    void normalizesWhenAskedTo() {
        var spelledOut = "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"n\",\"fields\":[]}";
        var shuffled = "{\"fields\":[],\"name\":\"n.R\",\"type\":\"record\"}";
        var first = desk.registration.register("s", request(spelledOut), true);
        assertThat(desk.registration.register("s", request(shuffled), true)).isEqualTo(first);
    }

    @Test
    void resolvesReferencesAmongStoredSchemas() {
        desk.register("r", ONE);
        var referring = "{\"type\":\"record\",\"name\":\"Outer\",\"fields\":[{\"name\":\"r\",\"type\":\"R\"}]}";
        var unresolved = fault(() -> desk.register("outer", referring));
        assertThat(unresolved.code()).isEqualTo(42201);
        var id = desk.registration.register("outer", request(referring, new SchemaReference("R", "r", 1)), false);
        assertThat(desk.catalogue.schema(id, false).getReferences()).hasSize(1);
        assertThat(desk.catalogue.referencedBy("r", VersionId.LATEST)).containsExactly(id);
        assertThat(fault(() -> desk.deletion.deleteSubject("r", false)).code()).isEqualTo(42206);
        assertThat(desk.ledger.replayed(false).withId(id)).isEqualTo(desk.subjects.withId(id));
    }

    @Test
    void takesForeignIdsOnlyInImportMode() {
        var foreign = request(ONE);
        foreign.setId(100);
        foreign.setVersion(7);
        assertThat(fault(() -> desk.registration.register("s", foreign, false)).code())
                .isEqualTo(42205);
        desk.settings.setMode(Scope.GLOBAL, "IMPORT", false);
        assertThat(desk.registration.register("s", foreign, false)).isEqualTo(100);
        assertThat(desk.catalogue.versions("s", Visibility.LIVE)).containsExactly(7);
        assertThat(fault(() -> desk.register("s", TWO)).code()).as("no id").isEqualTo(42205);
        desk.settings.setMode(Scope.GLOBAL, "READWRITE", false);
        assertThat(desk.register("s", TWO)).isEqualTo(101);
    }

    private static Fault fault(ThrowingCallable call) {
        return catchThrowableOfType(Fault.class, call);
    }
}
