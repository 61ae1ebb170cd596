package io.millrace.bench.curves.pronounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.bench.curves.pronounce.LearningCurve.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningCurveTest {

    private static final LearningCurve FAST =
            new LearningCurve(List.of(new Point(0, 1), new Point(100, 0.4), new Point(200, 0.2)), 1);
    private static final LearningCurve SLOW =
            new LearningCurve(List.of(new Point(0, 1), new Point(100, 0.8), new Point(200, 0.4)), 1);

    @Test
    void fallsByAShareOfItsFirstError() {
        var curve = new LearningCurve(List.of(new Point(0, 0.8), new Point(100, 0.9), new Point(300, 0.6)), 2);

        assertThat(curve.fall()).isCloseTo(0.25, within(1e-9));
        assertThat(curve.trajectoriesPerSecond()).isCloseTo(150, within(1e-9));
    }

    @Test
    void findsWhenAnErrorWasFirstReached() {
        assertThat(FAST.trajectoriesUntil(1)).isZero();
        assertThat(FAST.trajectoriesUntil(0.7)).isCloseTo(50, within(1e-9));
        assertThat(FAST.trajectoriesUntil(0.3)).isCloseTo(150, within(1e-9));
        assertThatThrownBy(() -> FAST.trajectoriesUntil(0.1)).hasMessageContaining("found 0.1 below 0.2");
    }

    @Test
    void comparesAtAnErrorThatBothReached() {
        assertThat(ControlVariate.ratio(FAST, SLOW)).isCloseTo(2, within(1e-9));
        assertThat(ControlVariate.ratio(SLOW, FAST)).isCloseTo(0.5, within(1e-9));
        assertThat(ControlVariate.ratio(FAST, FAST)).isCloseTo(1, within(1e-9));
    }

    @Test
    void hasAtLeastOnePoint() {
        assertThatThrownBy(() -> new LearningCurve(List.of(), 1)).hasMessageContaining("at least one point");
    }
}
