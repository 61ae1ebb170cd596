package io.millrace.bench.curves.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.policy.spec.PolicyDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlRunTest {

    private static final PolicyDefinition ACTOR_CRITIC = definition("\"algorithm\": \"actor-critic\"");
    private static final PolicyDefinition PPO = definition("\"algorithm\": \"ppo\", \"passes\": 4");

    @Test
    void actorCriticLearnsToEcho() {
        requireToLearn(ACTOR_CRITIC);
    }

    @Test
    void ppoLearnsToEcho() {
        requireToLearn(PPO);
    }

    private static void requireToLearn(PolicyDefinition definition) {
        var rollouts = new Rollouts(4, 20, 2);
        List<FinishedEpisode> episodes = new ControlRun(definition, () -> new Echo(true), rollouts, 3).learn(40_000);

        assertThat(mean(episodes.subList(0, 10))).isBetween(3.0, 7.0);
        assertThat(mean(episodes.subList(episodes.size() - 100, episodes.size())))
                .isGreaterThan(9);
    }

    private static double mean(List<FinishedEpisode> episodes) {
        return episodes.stream().mapToDouble(FinishedEpisode::sum).average().orElseThrow();
    }

    @Test
    void countsFramesOfAllEnvironmentsByRounds() {
        List<FinishedEpisode> episodes = run(new Rollouts(2, 6, 1), true).learn(25);

        assertThat(episodes).extracting(FinishedEpisode::frames).containsExactly(24L, 24L);
    }

    @Test
    void anEpisodeGoesOnInTheNextRound() {
        ControlRun run = run(new Rollouts(1, 4, 1), true);

        assertThat(run.learn(8)).isEmpty();
        assertThat(run.learn(12)).extracting(FinishedEpisode::frames).containsExactly(12L);
    }

    @Test
    void endsAnEpisodeAtTheTimeLimit() {
        List<FinishedEpisode> episodes = run(new Rollouts(1, 5, 1), false).learn(40);

        assertThat(episodes).extracting(FinishedEpisode::frames).containsExactly(20L, 40L);
    }

    @Test
    void isTheSameForEqualSeeds() {
        var rollouts = new Rollouts(2, 25, 1);
        assertThat(new ControlRun(PPO, () -> new Echo(true), rollouts, 3).learn(500))
                .isEqualTo(new ControlRun(PPO, () -> new Echo(true), rollouts, 3).learn(500))
                .isNotEqualTo(new ControlRun(PPO, () -> new Echo(true), rollouts, 4).learn(500));
    }

    @Test
    void refusesRoundsOfNothing() {
        assertThatThrownBy(() -> new Rollouts(0, 3, 1)).hasMessageContaining("at least 1 environment");
        assertThatThrownBy(() -> new Rollouts(2, 0, 1)).hasMessageContaining("at least 1 environment");
        assertThatThrownBy(() -> new Rollouts(2, 3, 3)).hasMessageContaining("expected 1 to as many");
        assertThatThrownBy(() -> new Rollouts(2, 3, 0)).hasMessageContaining("expected 1 to as many");
    }

    private static ControlRun run(Rollouts rollouts, boolean ends) {
        return new ControlRun(ACTOR_CRITIC, () -> new Echo(ends), rollouts, 3);
    }

    private static PolicyDefinition definition(String algorithm) {
        return PolicyDefinition.parse("""
                {"policy": "echo", "kind": "test-linear", "seed": 1, "model": {},
                 "estimator": {%s, "baseline": "critic", "importance-level": "token",
                               "returns": {"kind": "gae", "discount": 0.9, "lambda": 0.9}},
                 "optimizer": {"kind": "adam", "learning-rate": 0.03}}
                """.formatted(algorithm));
    }
}
