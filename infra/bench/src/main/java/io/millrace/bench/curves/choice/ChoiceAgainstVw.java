package io.millrace.bench.curves.choice;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.picture.LineChart;
import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Measure;
import io.millrace.bench.report.Requirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Progressive reward, the mean reward of every round from the first, of choices that learn in memory after each round,
 * against VowpalWabbit on the same rounds in the same order.
 *
 * <p>VowpalWabbit plays all its variants, and the best of them on the very seeds that it is measured by counts, which
 * flatters it. Millrace's settings are the same for all problems and were chosen at another seed.
 */
public final class ChoiceAgainstVw implements Suite {

    static final List<Problem> PROBLEMS = List.of(new LetterToPhoneme(), new Tastes(), new Conjunctions());
    static final int FIRST_SEED = 11;
    static final int SEEDS = 3;
    /** Least of what the best earns, of what is not held to be no worse; chance is far below. */
    private static final double SHARE_OF_THE_BEST = 0.9;

    /** Of the rounds that REINFORCE needs, most that the doubly robust gradient may need. */
    private static final double MOST_ROUNDS = 0.85;

    /** Points of a curve. */
    static final int POINTS = 50;

    @Override
    public String name() {
        return "choice-against-vw";
    }

    @Override
    public String description() {
        return "Choices against VowpalWabbit on three supervised problems played as bandits; in memory, minutes.";
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) throws InterruptedException {
        List<Measure> measures = new ArrayList<>();
        List<LineChart> pictures = new ArrayList<>();
        for (Problem problem : PROBLEMS) {
            Findings found = compare(problem, length.of(problem.rounds()), progress);
            measures.addAll(found.measures());
            pictures.addAll(found.pictures());
        }
        return new Findings(measures, pictures);
    }

    static Findings compare(Problem problem, int rounds, Consumer<String> progress) throws InterruptedException {
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.told(problem.name() + "Rounds", "rounds", rounds)
                .required(new Requirement.AtLeast(problem.rounds())));
        Played best = bestOfVowpalWabbit(problem, rounds, progress);
        List<Series> curves = new ArrayList<>();
        List<Played> owns = play(Contestant.MILLRACE, problem, rounds, progress);
        for (Played own : owns) {
            curves.add(own.curve("Millrace, " + own.contestant().title(), rounds));
            Measure measure = Measure.over(
                            problem.name() + own.contestant().measure(), "mean reward of all rounds", own.sample())
                    .beside(best.mean(), measuredBeside(best));
            measures.add(measure.required(new Requirement.AtLeast(
                    own.contestant().isHeldToTheBar() ? best.mean() : SHARE_OF_THE_BEST * best.mean())));
        }
        measures.add(samplesOfDoublyRobust(problem, owns));
        curves.add(best.curve("VowpalWabbit " + best.contestant().title(), rounds));
        return new Findings(measures, List.of(picture("choice", "", problem, curves)));
    }

    /** How much sooner than plain REINFORCE the doubly robust gradient has earned as much. */
    private static Measure samplesOfDoublyRobust(Problem problem, List<Played> owns) {
        return Measure.told(
                        problem.name() + "DoublyRobustRounds",
                        "of the rounds, until its mean reward so far is REINFORCE's after all",
                        of(Contestant.DOUBLY_ROBUST, owns)
                                .shareOfRoundsTo(of(Contestant.REINFORCE, owns).mean()))
                .beside(1, "REINFORCE")
                .required(new Requirement.AtMost(MOST_ROUNDS));
    }

    private static Played of(Contestant contestant, List<Played> owns) {
        return owns.stream()
                .filter(own -> own.contestant().equals(contestant))
                .findFirst()
                .orElseThrow();
    }

    static Played bestOfVowpalWabbit(Problem problem, int rounds, Consumer<String> progress)
            throws InterruptedException {
        return play(Contestant.VOWPAL_WABBIT, problem, rounds, progress).stream()
                .max(Comparator.comparingDouble(Played::mean))
                .orElseThrow();
    }

    static String measuredBeside(Played best) {
        return "VowpalWabbit 9.3.0 " + best.contestant().title() + ", measured beside it";
    }

    /**
     * The curves of a problem.
     *
     * @param file what the file's name begins with
     * @param where said after the problem's name
     */
    static LineChart picture(String file, String where, Problem problem, List<Series> curves) {
        String words = problem.name().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return new LineChart(
                file + "-" + words.replace(' ', '-'),
                words + where + ": mean reward so far, mean of " + SEEDS + " seeds",
                "rounds",
                "reward",
                curves,
                List.of());
    }

    private static List<Played> play(
            List<Contestant> contestants, Problem problem, int rounds, Consumer<String> progress)
            throws InterruptedException {
        List<Played> all = new ArrayList<>();
        for (Contestant contestant : contestants) {
            Played played = new Played(contestant, contestant.play(problem, rounds, FIRST_SEED, SEEDS, POINTS));
            progress.accept("%s, %s: %.4f".formatted(problem.name(), contestant.title(), played.mean()));
            all.add(played);
        }
        return all;
    }
}
