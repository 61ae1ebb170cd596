package io.millrace.bench.curves.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.report.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BanditRunTest {

    private static final Variant WITH = variant("mean");
    private static final Variant WITHOUT = variant("none");

    @Test
    void findsTheBestArmOftenerThanItDidAtFirst() {
        int early = 0;
        int late = 0;
        for (int seed = 0; seed < 20; seed++) {
            List<Boolean> best = steps(WITH, seed, 1000);
            early += count(best.subList(0, 100));
            late += count(best.subList(900, 1000));
        }

        assertThat(late).isGreaterThan(2 * early);
    }

    @Test
    void isTheSameForEqualSeeds() {
        assertThat(steps(WITHOUT, 5, 200)).isEqualTo(steps(WITHOUT, 5, 200)).isNotEqualTo(steps(WITHOUT, 6, 200));
    }

    @Test
    void whatTheAverageHoldsChangesWhatIsLearned() {
        assertThat(steps(variant("inclusive-mean"), 5, 200)).isNotEqualTo(steps(WITH, 5, 200));
    }

    @Test
    void aBaselineChangesWhatIsLearned() {
        assertThat(steps(WITH, 5, 200)).isNotEqualTo(steps(WITHOUT, 5, 200));
    }

    @Test
    void armsPayAroundFourAndOneIsTheBest() {
        double sum = 0;
        for (int seed = 0; seed < 200; seed++) {
            TenArms arms = new TenArms(new SplittableRandom(seed));
            assertThat(IntStream.range(0, TenArms.ARMS).filter(arms::isBest).count())
                    .isEqualTo(1);
            sum += IntStream.range(0, TenArms.ARMS).mapToDouble(arms::pull).sum();
        }

        // Of 2,000 draws with variance 2: the standard error is 0.03.
        assertThat(sum / 2000).isBetween(3.85, 4.15);
    }

    private static List<Boolean> steps(Variant variant, int seed, int steps) {
        BanditRun run = new BanditRun(variant, seed);
        List<Boolean> best = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            best.add(run.step());
        }
        return best;
    }

    private static Variant variant(String baseline) {
        return new Variant("a-variant", "a variant", baseline, 0.1, 0.5, new Requirement.Told());
    }

    private static int count(List<Boolean> best) {
        return (int) best.stream().filter(Boolean::booleanValue).count();
    }
}
