package io.millrace.bench.curves.choice;

import io.millrace.policy.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Synthetic: ten of forty articles, each with a genre and a mood, for a user of a group and an age. Whether a user likes an
 * article depends on group × genre and on age × mood and on nothing else: no user and no article is good by itself.
 */
final class Tastes implements Problem {

    private static final int GROUPS = 12;
    private static final int AGES = 5;
    private static final int GENRES = 8;
    private static final int MOODS = 5;
    private static final int ARTICLES = 40;
    private static final int OFFERED = 10;

    @Override
    public String name() {
        return "tastes";
    }

    @Override
    public int rounds() {
        return 20_000;
    }

    @Override
    public Game begin(long seed) {
        var random = new SplittableRandom(seed);
        double[][] genreTaste = tastes(random, GROUPS, GENRES);
        double[][] moodTaste = tastes(random, AGES, MOODS);
        return () -> {
            int group = random.nextInt(GROUPS);
            int age = random.nextInt(AGES);
            List<Prompt.Option> options = new ArrayList<>();
            double[] rewards = new double[OFFERED];
            int first = random.nextInt(ARTICLES);
            for (int k = 0; k < OFFERED; k++) {
                int article = (first + k * 7) % ARTICLES;
                int genre = article % GENRES;
                int mood = article / GENRES % MOODS;
                double liking = genreTaste[group][genre] + moodTaste[age][mood];
                rewards[k] = random.nextDouble() < 1 / (1 + Math.exp(2 - liking)) ? 1 : 0;
                options.add(new Prompt.Option("a" + article, Map.of("genre=" + genre, 1f, "mood=" + mood, 1f)));
            }
            return new Round(new Prompt.Choice(Map.of("group=" + group, 1f, "age=" + age, 1f), options), rewards);
        };
    }

    private static double[][] tastes(SplittableRandom random, int users, int kinds) {
        double[][] tastes = new double[users][kinds];
        for (double[] user : tastes) {
            for (int kind = 0; kind < kinds; kind++) {
                user[kind] = 2 * random.nextGaussian();
            }
        }
        return tastes;
    }
}
