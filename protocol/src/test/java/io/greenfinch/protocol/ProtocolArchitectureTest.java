package io.greenfinch.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What "pure" means for this module (design §2): no sockets, threads, clock, storage, and no randomness of its own. */
class ProtocolArchitectureTest {

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.greenfinch.protocol");

    @Test
    void knowsNoSocketsFilesDatabasesOrLogs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.sql..",
                        "javax.sql..",
                        "org.slf4j..")
                .check(MODULE);
    }

    @Test
    void startsNoThreadsAndTakesNoLocks() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ThreadLocal.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent..")
                .check(MODULE);
    }

    @Test
    void hasNoClockOfItsOwn() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(MODULE);
    }

    @Test
    void hasNoRandomnessOfItsOwn() {
        noClasses()
                .should()
                .callConstructor(SecureRandom.class)
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(MODULE);
    }

    @Test
    void dependsOnNothingElse() {
        classes()
                .that()
                .resideInAnyPackage(
                        "io.greenfinch.protocol.binary..",
                        "io.greenfinch.protocol.curve..",
                        "io.greenfinch.protocol.message..",
                        "io.greenfinch.protocol.noise..",
                        "io.greenfinch.protocol.pairing..",
                        "io.greenfinch.protocol.signal..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.greenfinch.protocol..",
                        "java..",
                        "javax.crypto..",
                        "com.google.protobuf..",
                        "org.bouncycastle.math.ec.rfc7748..",
                        "org.bouncycastle.math.ec.rfc8032..",
                        "org.jspecify..")
                .check(MODULE);
    }

    @Test
    void itsPackagesFormNoCycles() {
        slices().matching("io.greenfinch.protocol.(*)..")
                .should()
                .beFreeOfCycles()
                .check(MODULE);
    }
}
