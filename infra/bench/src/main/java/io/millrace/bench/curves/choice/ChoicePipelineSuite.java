package io.millrace.bench.curves.choice;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@link ChoiceAgainstVw} through the whole pipeline: every choice asked of a serving replica and rewarded, the next when the
 * replica serves what was learned from it. The rounds and their order are the same; what is drawn from π is not.
 */
public final class ChoicePipelineSuite implements Suite {

    @Override
    public String name() {
        return "choice-against-vw-pipeline";
    }

    @Override
    public String description() {
        return "choice-against-vw by reward-regression through the whole pipeline, a step after every round; about 20 minutes.";
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) throws InterruptedException {
        Contestant contestant = Contestant.REWARD_REGRESSION;
        Map<Problem, double[][]> rewards = new ChoicePipeline(Contestant.REWARD_REGRESSION_DEFINITION)
                .play(
                        ChoiceAgainstVw.PROBLEMS,
                        problem -> length.of(problem.rounds()),
                        ChoiceAgainstVw.FIRST_SEED,
                        ChoiceAgainstVw.SEEDS,
                        ChoiceAgainstVw.POINTS);
        List<Measure> measures = new ArrayList<>();
        List<LineChart> pictures = new ArrayList<>();
        for (Map.Entry<Problem, double[][]> earned : rewards.entrySet()) {
            Problem problem = earned.getKey();
            int rounds = length.of(problem.rounds());
            Played served = new Played(contestant, earned.getValue());
            progress.accept("%s, through the pipeline: %.4f".formatted(problem.name(), served.mean()));
            Played inMemory = new Played(
                    contestant,
                    contestant.play(
                            problem,
                            rounds,
                            ChoiceAgainstVw.FIRST_SEED,
                            ChoiceAgainstVw.SEEDS,
                            ChoiceAgainstVw.POINTS));
            Played best = ChoiceAgainstVw.bestOfVowpalWabbit(problem, rounds, progress);
            measures.addAll(measures(problem, rounds, served, inMemory, best));
            List<Series> curves = List.of(
                    served.curve("through the pipeline", rounds),
                    inMemory.curve("in memory", rounds),
                    best.curve("VowpalWabbit " + best.contestant().title(), rounds));
            pictures.add(ChoiceAgainstVw.picture("choice-pipeline", " through the pipeline", problem, curves));
        }
        return new Findings(measures, pictures);
    }

    private static List<Measure> measures(Problem problem, int rounds, Played served, Played inMemory, Played best) {
        return List.of(
                Measure.told(problem.name() + "PipelineRounds", "rounds", rounds)
                        .required(new Requirement.AtLeast(problem.rounds())),
                Measure.over(problem.name() + "Pipeline", "mean reward of all rounds", served.sample())
                        .beside(best.mean(), ChoiceAgainstVw.measuredBeside(best))
                        .required(new Requirement.AtLeast(best.mean())),
                Measure.over(problem.name() + "Memory", "the same in memory", inMemory.sample()));
    }
}
