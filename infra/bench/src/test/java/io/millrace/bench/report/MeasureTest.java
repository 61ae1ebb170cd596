package io.millrace.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.cli.JsonText;
import io.millrace.local.demo.Machine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {

    @Test
    void clearsItsBarOrNotByWhatWasMeasured() {
        assertThat(clears(0.5, new Requirement.AtLeast(0.5))).isTrue();
        assertThat(clears(0.499, new Requirement.AtLeast(0.5))).isFalse();
        assertThat(clears(0.5, new Requirement.AtMost(0.5))).isTrue();
        assertThat(clears(0.501, new Requirement.AtMost(0.5))).isFalse();
        assertThat(clears(0.8125, new Requirement.Near(0.84, 0.03))).isTrue();
        assertThat(clears(0.8, new Requirement.Near(0.84, 0.03))).isFalse();
        assertThat(clears(0.88, new Requirement.Near(0.84, 0.03))).isFalse();
        assertThat(clears(-1e9, new Requirement.Told())).isTrue();
    }

    private static boolean clears(double measured, Requirement bar) {
        return Measure.told("share", "share", measured).required(bar).ok();
    }

    @Test
    void saysItsBarInWords() {
        assertThat(new Requirement.AtLeast(-12).text()).isEqualTo("≥ -12");
        assertThat(new Requirement.AtMost(5_050_000).text()).isEqualTo("≤ 5050000");
        assertThat(new Requirement.Near(0.84, 0.03).text()).isEqualTo("0.84 ± 0.03");
        assertThat(new Requirement.Told().text()).isEmpty();
    }

    @Test
    void spreadsOverRunsButNotOverOne() {
        Measure three = Measure.over("error", "share", new Sample(1, 2, 4));

        assertThat(three.measured()).isCloseTo(7 / 3.0, within(1e-12));
        assertThat(three.spread()).isCloseTo(Math.sqrt(7 / 3.0), within(1e-12));
        assertThat(Measure.over("error", "share", new Sample(1)).spread()).isNull();
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> Measure.told("error", "share", Double.NaN))
                .hasMessage("measure: expected a finite number, found NaN (error)");
        assertThatThrownBy(() -> new Sample()).hasMessageContaining("at least one value");
    }

    @Test
    void isWrittenUnderTheKeysOfTheDesign() throws IOException {
        Measure measure =
                Measure.told("error", "share", 0.1).beside(0.059, "somebody").required(new Requirement.AtMost(1));
        BenchReport report = new BenchReport(List.of(new SuiteReport("a-suite", Machine.here(), List.of(measure))));

        JsonNode json = new ObjectMapper().readTree(JsonText.of(report));

        assertThat(json.fieldNames()).toIterable().containsExactly("suites");
        assertThat(json.at("/suites/0").fieldNames()).toIterable().containsExactly("name", "machine", "measures");
        assertThat(json.at("/suites/0/measures/0").fieldNames())
                .toIterable()
                .containsExactly(
                        "name", "unit", "measured", "spread", "reference", "referenceSource", "required", "ok");
        assertThat(json.at("/suites/0/measures/0/spread").isNull()).isTrue();
        assertThat(json.at("/suites/0/machine/cores").asInt()).isPositive();
    }

    @Test
    void aReportHoldsWhenEveryMeasureDoes() {
        Measure good = Measure.told("good", "", 1);
        Measure bad = Measure.told("bad", "", 1).required(new Requirement.AtMost(0));

        assertThat(report(good, good).holds()).isTrue();
        assertThat(report(good, bad).holds()).isFalse();
    }

    private static BenchReport report(Measure... measures) {
        return new BenchReport(List.of(new SuiteReport("a-suite", Machine.here(), List.of(measures))));
    }
}
