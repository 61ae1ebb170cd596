package io.millrace.bench.curves.pronounce;

import io.millrace.bench.curves.Findings;
import io.millrace.bench.curves.RunLength;
import io.millrace.bench.curves.Suite;
import io.millrace.bench.curves.gru.GruSpeller;
import io.millrace.bench.learner.Definitions;
import io.millrace.bench.report.Measure;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.simulator.pronounce.PronounceWorld;
import io.millrace.simulator.pronounce.PronounceWorld.Pronounced;
import io.millrace.simulator.world.Example;
import io.millrace.simulator.world.Preview;
import io.millrace.simulator.world.Situation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Which encoder and decoder {@code seq2seq} is made of: gated recurrent units or attention only, with about the same number
 * of parameters, after the same demonstrations with the same optimizer. In memory, one thread.
 */
public final class GruAgainstAttention implements Suite {

    private static final long SEED = 7;
    private static final int DEMONSTRATIONS = 20_000;
    /** Learning rates of the passes over the demonstrations: the same of both. */
    private static final double[] RATES = {0.002, 0.002, 0.0006, 0.0002};

    private static final int GRU_EMBEDDING = 32;
    private static final int GRU_HIDDEN = 100;

    private final List<Measure> measures = new ArrayList<>();

    @Override
    public String name() {
        return "gru-against-attention";
    }

    @Override
    public String description() {
        return "Gated recurrent units against attention only, about 93,000 parameters each, 4 passes over 20,000"
                + " demonstrations; in memory, about 4 minutes.";
    }

    @Override
    public Findings run(RunLength length, Consumer<String> progress) {
        measures.clear();
        var world = PronounceWorld.load(SEED);
        List<Pronounced> demonstrations = world.demonstrations(length.of(DEMONSTRATIONS));
        attention(world, demonstrations);
        progress.accept("attention only: " + measures);
        gru(world, demonstrations);
        return new Findings(measures, List.of());
    }

    private void attention(PronounceWorld world, List<Pronounced> demonstrations) {
        PolicyDefinition definition = SpellingPolicy.definition(world, SEED);
        var speller = new Speller(definition, world);
        long begun = System.nanoTime();
        double last = definition.optimizer().learningRate();
        for (double rate : RATES) {
            if (rate != last) {
                speller.goOnBy(Definitions.with(definition, "optimizer.learning-rate", rate));
                last = rate;
            }
            speller.demonstrate(demonstrations);
        }
        double learned = RATES.length * demonstrations.size() / secondsSince(begun);
        measure("attention", speller.parameters(), learned, world, speller::likeliest);
    }

    private void gru(PronounceWorld world, List<Pronounced> demonstrations) {
        var speller = new GruSpeller(PronounceWorld.letters(), world.phonemes(), GRU_EMBEDDING, GRU_HIDDEN, SEED);
        List<Pronounced> shuffled = new ArrayList<>(demonstrations);
        long begun = System.nanoTime();
        for (int pass = 0; pass < RATES.length; pass++) {
            Collections.shuffle(shuffled, new Random(SEED + pass));
            for (Pronounced right : shuffled) {
                speller.demonstrate(right.spelling().tokens(), right.phonemes(), RATES[pass]);
            }
        }
        double learned = RATES.length * demonstrations.size() / secondsSince(begun);
        measure(
                "gru",
                speller.parameters(),
                learned,
                world,
                situation -> speller.likeliest(((Situation.Sequence) situation).tokens()));
    }

    private void measure(String kind, int parameters, double learned, PronounceWorld world, Preview preview) {
        long begun = System.nanoTime();
        List<Example> examples = world.examples(preview, Integer.MAX_VALUE);
        double written = examples.size() / secondsSince(begun);
        measures.add(Measure.told(kind + "Parameters", "parameters", (double) parameters));
        measures.add(Measure.told(kind + "WordError", "word error rate", Errors.words(examples)));
        measures.add(
                Measure.told(kind + "PhonemeError", "phoneme error rate", world.error(preview, Integer.MAX_VALUE)));
        measures.add(Measure.told(kind + "Learned", "words/s", learned));
        measures.add(Measure.told(kind + "Written", "words/s", written));
    }

    private static double secondsSince(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
