package io.millrace.bench.curves.choice;

import java.io.Closeable;
import java.io.IOException;

/** Chooses, and learns from the reward of what it chose. */
interface Player extends Closeable {

    /** The index of the candidate chosen. */
    int choose(Round round);

    /** The reward of the last choice. */
    void learn(double reward);

    @Override
    default void close() throws IOException {}

    /** The mean reward of a player that learns while it plays: exploration counts, the first rounds do too. */
    static double progressiveReward(Player player, Problem.Game game, int rounds) {
        double sum = 0;
        for (int i = 0; i < rounds; i++) {
            Round round = game.next();
            double reward = round.rewards()[player.choose(round)];
            player.learn(reward);
            sum += reward;
        }
        return sum / rounds;
    }
}
