package io.millrace.bench.curves.control;

import io.millrace.bench.environments.Environment;
import java.util.random.RandomGenerator;

/** Shows a bit and pays 1 for the action of its number, again and again: until the tenth step, or without an end. */
final class Echo implements Environment {

    private final boolean ends;
    private RandomGenerator random = RandomGenerator.getDefault();
    private int bit;
    private int steps;

    Echo(boolean ends) {
        this.ends = ends;
    }

    @Override
    public int observationSize() {
        return 2;
    }

    @Override
    public int actions() {
        return 2;
    }

    @Override
    public int timeLimit() {
        return 20;
    }

    @Override
    public void reset(RandomGenerator newRandom) {
        random = newRandom;
        steps = 0;
        bit = random.nextInt(2);
    }

    @Override
    public float[] observation() {
        return new float[] {1 - bit, bit};
    }

    @Override
    public double step(int action) {
        double reward = action == bit ? 1 : 0;
        steps++;
        bit = random.nextInt(2);
        return reward;
    }

    @Override
    public boolean isTerminal() {
        return ends && steps == 10;
    }
}
