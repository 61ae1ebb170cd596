package io.millrace.local.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The house's rules on who may know whom, as CONTRIBUTING.md states them. Never frozen: there are no exceptions. */
final class ArchitectureTest {

    private static final String ND4J = "org.nd4j..";
    private static final String BYTEDECO = "org.bytedeco..";
    private static final String FLINK = "org.apache.flink..";
    private static final String KAFKA = "org.apache.kafka..";
    private static final String[] OUTSIDE_LIBRARIES = {ND4J, BYTEDECO, FLINK, KAFKA, "io.javalin..", "io.micrometer.."};

    private static final DescribedPredicate<JavaClass> MATRIX_LIBRARY =
            JavaClass.Predicates.resideInAnyPackage(ND4J, BYTEDECO);

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.millrace");

    @Test
    void seesEveryModule() {
        for (String module :
                new String[] {"schemas", "policy", "neural", "learner", "sdk", "server", "simulator", "local"}) {
            assertThat(HOUSE.stream())
                    .as("classes of io.millrace.%s", module)
                    .anyMatch(javaClass -> javaClass.getPackageName().startsWith("io.millrace." + module));
        }
    }

    @Test
    void schemasKnowAvroOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace.schemas..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(OUTSIDE_LIBRARIES)
                .check(HOUSE);
        ownDependenciesOf("io.millrace.schemas..", "io.millrace.schemas..");
    }

    @Test
    void policiesKnowSchemasOnTheWireOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace.policy..")
                .and()
                .resideOutsideOfPackage("io.millrace.policy.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.millrace.schemas..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("io.millrace.policy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FLINK, KAFKA, "io.javalin..")
                .check(HOUSE);
        ownDependenciesOf("io.millrace.policy..", "io.millrace.policy..", "io.millrace.schemas..");
    }

    @Test
    void learnerKnowsNoServing() {
        ownDependenciesOf(
                "io.millrace.learner..", "io.millrace.learner..", "io.millrace.policy..", "io.millrace.schemas..");
    }

    @Test
    void servingKnowsNoFlink() {
        noClasses()
                .that()
                .resideInAnyPackage("io.millrace.sdk..", "io.millrace.server..", "io.millrace.simulator..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FLINK)
                .check(HOUSE);
        ownDependenciesOf("io.millrace.sdk..", "io.millrace.sdk..", "io.millrace.policy..", "io.millrace.schemas..");
        ownDependenciesOf(
                "io.millrace.server..",
                "io.millrace.server..",
                "io.millrace.sdk..",
                "io.millrace.policy..",
                "io.millrace.schemas..");
    }

    @Test
    void theWorldDoesNotSeeTheAgent() {
        ownDependenciesOf(
                "io.millrace.simulator..", "io.millrace.simulator..", "io.millrace.sdk", "io.millrace.schemas..");
    }

    @Test
    void neuralPoliciesKnowPoliciesOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace.neural..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FLINK, KAFKA, "io.javalin..")
                .check(HOUSE);
        ownDependenciesOf("io.millrace.neural..", "io.millrace.neural..", "io.millrace.policy..");
        noClasses()
                .that()
                .resideOutsideOfPackages("io.millrace.neural..", "io.millrace.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.millrace.neural..")
                .check(HOUSE);
    }

    @Test
    void matricesStayInsideNeuralPolicies() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.millrace.neural.matrix..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ND4J, BYTEDECO)
                .check(HOUSE);
        noMethods()
                .that()
                .arePublic()
                .should()
                .haveRawReturnType(MATRIX_LIBRARY)
                .orShould()
                .haveRawParameterTypes(
                        describe("any of ND4J", types -> types.stream().anyMatch(MATRIX_LIBRARY)))
                .check(HOUSE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.millrace.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void noPackageIsAJunkRoom() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..misc..")
                .check(HOUSE);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Utils|Util|Common)")
                .check(HOUSE);
    }

    /** Of our own classes, those of {@code from} may use those of {@code allowed} alone. */
    private static void ownDependenciesOf(String from, String... allowed) {
        classes()
                .that()
                .resideInAPackage(from)
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackage("io.millrace..")
                        .or(JavaClass.Predicates.resideInAnyPackage(allowed)))
                .check(HOUSE);
    }
}
