package io.tidemark.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.junit.jupiter.api.Test;

/** Each rule has been seen to fail once, on a breach planted for it. */
final class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tidemark.query");

    @Test
    void theDoorHasNeverHeardOfKafka() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "org.rocksdb..", "io.confluent..")
                .check(OURS);
    }

    @Test
    void noNameSaysNothing() {
        classes()
                .should()
                .haveNameNotMatching(".*(Utils?|Helper|Manager|Impl|Common|Base)(\\$.*)?")
                .check(OURS);
    }

    @Test
    void roomsDoNotGoInCircles() {
        slices().matching("io.tidemark.query.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void onlyTheDoorSetsStatuses() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tidemark.query.http")
                .should()
                .callMethod(Context.class, "status", int.class)
                .orShould()
                .callMethod(Context.class, "status", HttpStatus.class)
                .check(OURS);
    }

    @Test
    void onlyTheDoorKnowsJetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tidemark.query.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty..", "jakarta.servlet..")
                .check(OURS);
    }
}
