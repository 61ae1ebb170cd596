package io.millrace.bench.curves.choice;

import java.io.Closeable;
import java.io.IOException;

/** Chooses, and learns from the reward of what it chose. */
interface Player extends Closeable {

    /** The index of the candidate chosen. */
    int choose(Round round);

    /** The reward of the last choice. */
    void learn(double reward) throws InterruptedException;

    @Override
    default void close() throws IOException {}

    /**
     * The mean reward so far of a player that learns while it plays, after each of {@code points} equal shares of the
     * rounds: exploration counts, the first rounds do too.
     */
    static double[] progressiveRewards(Player player, Problem.Game game, int rounds, int points)
            throws InterruptedException {
        double[] means = new double[points];
        double sum = 0;
        int point = 0;
        for (int played = 1; played <= rounds; played++) {
            Round round = game.next();
            double reward = round.rewards()[player.choose(round)];
            player.learn(reward);
            sum += reward;
            while (point < points && played >= (long) rounds * (point + 1) / points) {
                means[point++] = sum / played;
            }
        }
        return means;
    }
}
