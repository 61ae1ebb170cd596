package io.millrace.bench.curves.pronounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.curves.pronounce.Curriculum.Passes;
import io.millrace.bench.curves.pronounce.Curriculum.Stage;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.pronounce.PronounceWorld;
import io.millrace.simulator.pronounce.PronounceWorld.Pronounced;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurriculumTest {

    private static final Curriculum CURRICULUM = new Curriculum(
            List.of(new Passes(2, 0.1), new Passes(1, 0.01)),
            List.of(new Stage(3, 0.001, 0.5), new Stage(1, 0.0001, 0)),
            64);

    private final PronounceWorld world = PronounceWorld.load(1);
    private final PolicyDefinition definition = SpellingPolicy.definition(world, 1);
    private final Diary diary = new Diary();

    @Test
    void showsTheDemonstrationsAtTheRatesOfItsPasses() throws InterruptedException {
        CURRICULUM.demonstrate(diary, definition, world.demonstrations(5));

        assertThat(diary.entries).containsExactly("rate 0.1", "5 shown", "5 shown", "rate 0.01", "5 shown");
    }

    @Test
    void asksUntilEveryLookHasItsShareOfTheScores() throws InterruptedException {
        LearningCurve curve = CURRICULUM.listen(diary, definition, 4_000, line -> {});

        // The pupil asks for whole batches of 300.
        assertThat(diary.entries)
                .containsExactly(
                        "rate 0.001",
                        "1200 asked, 64 imitated",
                        "900 asked, 64 imitated",
                        "900 asked, 64 imitated",
                        "rate 1.0E-4",
                        "1200 asked, 64 imitated");
        assertThat(curve.trajectories()).containsExactly(0, 1200, 2100, 3000, 4200);
        assertThat(diary.last.estimator().entropy()).isZero();
        assertThat(diary.last.batch().trajectories()).isEqualTo(128 + 64);
    }

    @Test
    void withoutImitationIsTheSameButForThat() throws InterruptedException {
        LearningCurve curve = CURRICULUM.withoutImitation().listen(diary, definition, 4_000, line -> {});

        assertThat(diary.entries).contains("1200 asked, 0 imitated").hasSize(6);
        assertThat(curve.points()).hasSize(5);
    }

    /** Learns nothing, and writes down what it was told. */
    private final class Diary implements Pupil {

        final List<String> entries = new ArrayList<>();
        PolicyDefinition last = definition;

        @Override
        public void goOnBy(PolicyDefinition changed) {
            last = changed;
            entries.add("rate " + changed.optimizer().learningRate());
        }

        @Override
        public void demonstrate(List<Pronounced> demonstrations) {
            entries.add(demonstrations.size() + " shown");
        }

        @Override
        public long listen(long trajectories, int imitated) {
            long asked = (trajectories + 299) / 300 * 300;
            entries.add(asked + " asked, " + imitated + " imitated");
            return asked;
        }

        @Override
        public double wordError() {
            return 0.5;
        }

        @Override
        public double phonemeError() {
            return 0.1;
        }
    }
}
