package io.greenfinch.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The module rules of the design, held over the whole program. */
class ArchitectureTest {

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.greenfinch");

    @Test
    void modulesDependOnlyDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("protocol")
                .definedBy("io.greenfinch.protocol..")
                .layer("client")
                .definedBy("io.greenfinch.client..")
                .layer("simulator")
                .definedBy("io.greenfinch.simulator..")
                .layer("gateway")
                .definedBy("io.greenfinch.gateway..")
                .layer("app")
                .definedBy("io.greenfinch.app..")
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("gateway")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("simulator")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("gateway", "app")
                .check(PROGRAM);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.greenfinch.(*).(*)..").should().beFreeOfCycles().check(PROGRAM);
    }

    @Test
    void theProtocolIsPure() {
        noClasses()
                .that()
                .resideInAPackage("io.greenfinch.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "java.nio.channels..", "java.sql..", "org.eclipse.jetty..", "org.slf4j..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .check(PROGRAM);
    }

    @Test
    void theEngineKnowsNoDatabaseAndNoServer() {
        noClasses()
                .that()
                .resideInAnyPackage("io.greenfinch.protocol..", "io.greenfinch.client..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.eclipse.jetty.server..")
                .check(PROGRAM);
    }

    @Test
    void theEngineKnowsJsonOnlyFromMediaHostsAndTheAppState() {
        noClasses()
                .that()
                .resideInAnyPackage("io.greenfinch.protocol..", "io.greenfinch.client..")
                .and()
                .resideOutsideOfPackages("io.greenfinch.client.media..", "io.greenfinch.protocol.appstate..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..")
                .check(PROGRAM);
    }

    @Test
    void onlyTheStoreSeesJdbc() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.greenfinch.gateway.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb..")
                .check(PROGRAM);
    }

    @Test
    void onlyTheRoomOfBucketsSeesTheirClient() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.greenfinch.gateway.s3..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..")
                .check(PROGRAM);
    }

    @Test
    void nobodyReadsTheTimeButFromAClock() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.greenfinch.app..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(PROGRAM);
    }
}
