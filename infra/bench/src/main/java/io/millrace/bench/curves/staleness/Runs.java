package io.millrace.bench.curves.staleness;

import io.millrace.bench.picture.Series;
import io.millrace.bench.report.Sample;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The same from several seeds, in the order of the seeds. */
record Runs(List<LearnedRun> bySeed) {

    Runs {
        bySeed = List.copyOf(bySeed);
    }

    /** Of each run: the mean reward over it. */
    Sample means() {
        return each(LearnedRun::mean);
    }

    /** Of each run: the reward at its end. */
    Sample lasts() {
        return each(LearnedRun::last);
    }

    private Sample each(ToDoubleFunction<LearnedRun> value) {
        return new Sample(bySeed.stream().mapToDouble(value).toArray());
    }

    /** How far the mean reward is above that of others, in standard errors of the difference between runs of a seed. */
    double standardErrorsAbove(Runs other) {
        return means().standardErrorsAbove(other.means());
    }

    /** Parameters, of all runs together, whose bits differ. */
    int differences(Runs other) {
        return IntStream.range(0, bySeed.size())
                .map(i -> bySeed.get(i).differences(other.bySeed.get(i)))
                .sum();
    }

    /** The mean curve, with a band of a standard error. */
    Series series(String name, int trajectoriesBetween) {
        int points = bySeed.get(0).curve().length;
        Sample[] samples = IntStream.range(0, points)
                .mapToObj(i -> each(run -> run.curve()[i]))
                .toArray(Sample[]::new);
        return new Series(
                name,
                IntStream.range(0, points)
                        .mapToDouble(i -> (double) i * trajectoriesBetween)
                        .toArray(),
                IntStream.range(0, points).mapToDouble(i -> samples[i].mean()).toArray(),
                IntStream.range(0, points)
                        .mapToDouble(i -> samples[i].standardError())
                        .toArray());
    }
}
