package io.millrace.bench.curves.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.report.Measure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlSuiteTest {

    @ParameterizedTest
    @ValueSource(strings = {"cart-pole", "acrobot"})
    void aShortRunReportsEveryMethodAndFallsShort(String name) throws InterruptedException {
        Suite suite = name.equals("acrobot") ? ControlSuites.acrobot() : ControlSuites.cartPole();
        List<String> progress = new ArrayList<>();

        Findings findings = suite.run(new RunLength(0.01), progress::add);

        assertThat(suite.name()).isEqualTo(name);
        assertThat(findings.measures())
                .extracting(Measure::name)
                .contains("runs", "a2cLastReturn", "a2cWorstLastReturn", "ppoLastReturn", "ppoSeedsThatReachedTheBar");
        assertThat(measure(findings, "runs").ok()).isFalse();
        assertThat(measure(findings, "a2cLastReturn").ok()).isFalse();
        assertThat(findings.pictures()).hasSize(1);
        assertThat(findings.pictures().get(0).series()).hasSize(2);
        assertThat(progress).hasSize(2);
    }

    @Test
    void cartPoleIsBetterAfterAFewThousandSteps() throws InterruptedException {
        Findings findings = ControlSuites.cartPole().run(new RunLength(0.1), line -> {});

        // Chance keeps the pole up for 22 steps.
        assertThat(measure(findings, "a2cLastReturn").measured()).isGreaterThan(40);
        assertThat(measure(findings, "ppoLastReturn").measured()).isGreaterThan(80);
    }

    private static Measure measure(Findings findings, String name) {
        return findings.measures().stream()
                .filter(measure -> measure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
