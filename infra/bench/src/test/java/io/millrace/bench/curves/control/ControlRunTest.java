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
        List<FinishedEpisode> episodes = new ControlRun(definition, new Echo(true), 100, 3).learn(40_000);

        assertThat(mean(episodes.subList(0, 10))).isBetween(3.0, 7.0);
        assertThat(mean(episodes.subList(episodes.size() - 100, episodes.size())))
                .isGreaterThan(9);
    }

    private static double mean(List<FinishedEpisode> episodes) {
        return episodes.stream().mapToDouble(FinishedEpisode::sum).average().orElseThrow();
    }

    @Test
    void countsFramesAndEndsABatchWithAnEpisode() {
        List<FinishedEpisode> episodes = new ControlRun(ACTOR_CRITIC, new Echo(true), 25, 3).learn(31);

        assertThat(episodes).extracting(FinishedEpisode::frames).containsExactly(10L, 20L, 30L, 40L, 50L, 60L);
    }

    @Test
    void cutsAnEpisodeWithoutAnEnd() {
        List<FinishedEpisode> episodes = new ControlRun(ACTOR_CRITIC, new Echo(false), 1, 3).learn(40);

        assertThat(episodes).extracting(FinishedEpisode::frames).containsExactly(20L, 40L);
    }

    @Test
    void goesOnWhereItWas() {
        ControlRun run = new ControlRun(ACTOR_CRITIC, new Echo(true), 10, 3);
        List<FinishedEpisode> first = run.learn(100);
        List<FinishedEpisode> second = run.learn(200);

        assertThat(second.get(0).frames()).isEqualTo(first.get(first.size() - 1).frames() + 10);
    }

    @Test
    void isTheSameForEqualSeeds() {
        assertThat(new ControlRun(PPO, new Echo(true), 50, 3).learn(500))
                .isEqualTo(new ControlRun(PPO, new Echo(true), 50, 3).learn(500))
                .isNotEqualTo(new ControlRun(PPO, new Echo(true), 50, 4).learn(500));
    }

    @Test
    void refusesBatchesOfNothing() {
        assertThatThrownBy(() -> new ControlRun(PPO, new Echo(true), 0, 3)).hasMessageContaining("at least 1, found 0");
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
