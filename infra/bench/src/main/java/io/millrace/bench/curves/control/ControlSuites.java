package io.millrace.bench.curves.control;

import io.millrace.bench.curves.Suite;
import io.millrace.bench.environments.Acrobot;
import io.millrace.bench.environments.CartPole;
import io.millrace.policy.spec.PolicyDefinition;
import java.util.List;

/**
 * Gymnasium's classic tasks. The settings begin from those of RL Baselines3 Zoo (hyperparams/ppo.yml, a2c.yml) and Huang et
 * al. 2022, "The 37 implementation details of PPO"; what differs was chosen at seeds from 101 to 132, which are not those
 * that are reported.
 */
public final class ControlSuites {

    private static final String ZOO = "RL Baselines3 Zoo, benchmark.md: %s, one run of %s steps, the greedy policy";

    private static final List<String> CART_POLE_ACTIONS = List.of("left", "right");
    private static final List<String> ACROBOT_ACTIONS = List.of("back", "none", "forth");

    private ControlSuites() {}

    /** CartPole-v1, in memory. */
    public static Suite cartPole() {
        return new ControlSuite(cartPoleTask());
    }

    /** CartPole-v1, through the whole pipeline. */
    public static Suite cartPolePipeline() {
        return new ControlPipelineSuite(cartPoleTask());
    }

    /** Acrobot-v1, in memory. */
    public static Suite acrobot() {
        return new ControlSuite(acrobotTask());
    }

    /** Acrobot-v1, through the whole pipeline. */
    public static Suite acrobotPipeline() {
        return new ControlPipelineSuite(acrobotTask());
    }

    private static ControlTask cartPoleTask() {
        return new ControlTask(
                "cart-pole",
                "CartPole-v1",
                CartPole::new,
                CART_POLE_ACTIONS,
                200_000,
                475,
                List.of(cartPoleA2c(), cartPolePpo()));
    }

    private static ControlTask acrobotTask() {
        return new ControlTask(
                "acrobot",
                "Acrobot-v1",
                Acrobot::new,
                ACROBOT_ACTIONS,
                500_000,
                -85,
                List.of(acrobotA2c(), acrobotPpo()));
    }

    private static ControlMethod cartPoleA2c() {
        PolicyDefinition definition = definition(
                "\"inputs\": 4, \"actions\": [\"left\", \"right\"]",
                "\"algorithm\": \"actor-critic\"",
                "\"discount\": 0.98, \"lambda\": 0.9, \"normalize\": true",
                "\"learning-rate\": 0.003, \"decay-steps\": 5000");
        return new ControlMethod("a2c", "A2C", definition, new Rollouts(8, 5, 1), 500, ZOO.formatted("a2c", "500,000"));
    }

    private static ControlMethod cartPolePpo() {
        PolicyDefinition definition = definition(
                "\"inputs\": 4, \"actions\": [\"left\", \"right\"]",
                "\"algorithm\": \"ppo\", \"passes\": 20",
                "\"discount\": 0.98, \"lambda\": 0.8, \"normalize\": true",
                "\"learning-rate\": 0.001, \"decay-steps\": 15640");
        return new ControlMethod(
                "ppo", "PPO", definition, new Rollouts(8, 32, 1), 500, ZOO.formatted("ppo", "100,000"));
    }

    private static ControlMethod acrobotA2c() {
        PolicyDefinition definition = definition(
                "\"inputs\": 6, \"actions\": [\"back\", \"none\", \"forth\"]",
                "\"algorithm\": \"actor-critic\", \"entropy\": 0.01",
                "\"discount\": 0.98, \"lambda\": 0.9, \"normalize\": true",
                "\"learning-rate\": 0.002, \"decay-steps\": 6250");
        return new ControlMethod(
                "a2c", "A2C", definition, new Rollouts(16, 5, 1), -83.4, ZOO.formatted("a2c", "500,000"));
    }

    /**
     * Without normalised advantages: until the tip has been lifted for the first time they are noise, and brought to a deviation
     * of 1 it makes π all but deterministic, so that it never is. So ended one seed in ten.
     */
    private static ControlMethod acrobotPpo() {
        PolicyDefinition definition = definition(
                "\"inputs\": 6, \"actions\": [\"back\", \"none\", \"forth\"]",
                "\"algorithm\": \"ppo\", \"passes\": 10, \"entropy\": 0.01",
                "\"discount\": 0.99, \"lambda\": 0.94, \"normalize\": false",
                "\"learning-rate\": 0.001, \"decay-steps\": 19530");
        return new ControlMethod(
                "ppo", "PPO", definition, new Rollouts(8, 32, 1), -73.5, ZOO.formatted("ppo", "1,000,000"));
    }

    /** The learning rate falls to zero with the last frame; gradients are bounded, which a batch's mean seldom needs. */
    private static PolicyDefinition definition(String model, String estimator, String returns, String optimizer) {
        return PolicyDefinition.parse("""
                {"policy": "control", "kind": "mlp", "seed": 1,
                 "model": {%s, "initialization": "orthogonal"},
                 "estimator": {%s, "baseline": "critic", "importance-level": "token",
                               "returns": {"kind": "gae", %s}},
                 "optimizer": {"kind": "adam", %s, "decay-to": 0, "epsilon": 1e-5},
                 "guards": {"gradient-norm": 16}}
                """.formatted(model, estimator, returns, optimizer));
    }
}
