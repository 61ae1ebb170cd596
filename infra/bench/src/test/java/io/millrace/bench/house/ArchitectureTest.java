package io.millrace.bench.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The house's rules that a module can break by itself; the other modules' are checked where all of them are at hand. */
class ArchitectureTest {

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.millrace.bench.(**)")
                .should()
                .beFreeOfCycles()
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.millrace.bench"));
    }
}
