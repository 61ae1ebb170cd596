package io.millrace.bench.cli;

import io.millrace.bench.curves.Suite;
import io.millrace.bench.curves.bandit.GradientBandit;
import io.millrace.bench.curves.choice.ChoiceAgainstVw;
import io.millrace.bench.curves.choice.ChoicePipelineSuite;
import io.millrace.bench.curves.control.ControlSuites;
import io.millrace.bench.curves.corridor.CorridorSuite;
import io.millrace.bench.curves.pronounce.ControlVariate;
import io.millrace.bench.curves.pronounce.GruAgainstAttention;
import io.millrace.bench.curves.pronounce.PronounceSeq2Seq;
import io.millrace.bench.curves.pronounce.PronounceSeq2SeqPipeline;
import io.millrace.bench.curves.pronounce.PronounceSeq2SeqVariants;
import io.millrace.bench.curves.pronounce.PronounceTransducer;
import io.millrace.bench.curves.staleness.StalenessSuite;
import java.util.List;

/** The suites of {@code bench curves}: the one place where they are registered. */
final class Suites {

    static final List<Suite> ALL = List.of(
            new GradientBandit(),
            new CorridorSuite(),
            new StalenessSuite(),
            ControlSuites.cartPole(),
            ControlSuites.acrobot(),
            ControlSuites.cartPolePipeline(),
            ControlSuites.acrobotPipeline(),
            new ChoiceAgainstVw(),
            new ChoicePipelineSuite(),
            new PronounceTransducer(),
            new PronounceSeq2Seq(),
            new PronounceSeq2SeqVariants(),
            new PronounceSeq2SeqPipeline(),
            new GruAgainstAttention(),
            new ControlVariate());

    private Suites() {}

    static List<String> names() {
        return ALL.stream().map(Suite::name).toList();
    }

    /**
     * The suites of these names, in the order of registration; all when there are none.
     *
     * @throws IllegalArgumentException when there is no suite of a name
     */
    static List<Suite> named(List<String> names) {
        for (String name : names) {
            if (!names().contains(name)) {
                throw new IllegalArgumentException("--suite: expected one of " + names() + ", found '" + name + "'");
            }
        }
        return ALL.stream()
                .filter(suite -> names.isEmpty() || names.contains(suite.name()))
                .toList();
    }
}
