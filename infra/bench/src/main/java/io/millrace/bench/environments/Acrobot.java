package io.millrace.bench.environments;

import java.util.random.RandomGenerator;

/**
 * Two links that hang from a fixed joint, to be swung up by a torque of −1, 0 or 1 (actions 0, 1, 2) at the joint between
 * them: Acrobot-v1.
 *
 * <p>The dynamics are those of Sutton and Barto's book (Sutton 1996), integrated by one step of the fourth-order
 * Runge–Kutta method and with the constants of Gymnasium's {@code envs/classic_control/acrobot.py}; in double. Reward −1 a
 * step and 0 for the one that lifts the tip a link's length above the fixed joint; at most 500 steps. Observation: cos θ₁,
 * sin θ₁, cos θ₂, sin θ₂, θ̇₁, θ̇₂.
 */
public final class Acrobot implements Environment {

    private static final double GRAVITY = 9.8;
    private static final double SECONDS = 0.2;
    /** Of the first link; both have mass 1 and moment of inertia 1. */
    private static final double LENGTH = 1;

    private static final double CENTRE = 0.5;
    private static final double MOST_VELOCITY_1 = 4 * Math.PI;
    private static final double MOST_VELOCITY_2 = 9 * Math.PI;
    private static final double FIRST_RANGE = 0.1;

    /** θ₁, θ₂, θ̇₁, θ̇₂. */
    private double[] state = new double[4];

    @Override
    public int observationSize() {
        return 6;
    }

    @Override
    public int actions() {
        return 3;
    }

    @Override
    public int timeLimit() {
        return 500;
    }

    @Override
    public void reset(RandomGenerator random) {
        begin(
                random.nextDouble(-FIRST_RANGE, FIRST_RANGE),
                random.nextDouble(-FIRST_RANGE, FIRST_RANGE),
                random.nextDouble(-FIRST_RANGE, FIRST_RANGE),
                random.nextDouble(-FIRST_RANGE, FIRST_RANGE));
    }

    /** Begins an episode in this state: radians, seconds; angles from hanging down and from the first link. */
    void begin(double angle1, double angle2, double velocity1, double velocity2) {
        state = new double[] {angle1, angle2, velocity1, velocity2};
    }

    @Override
    public float[] observation() {
        return new float[] {
            (float) Math.cos(state[0]), (float) Math.sin(state[0]),
            (float) Math.cos(state[1]), (float) Math.sin(state[1]),
            (float) state[2], (float) state[3]
        };
    }

    @Override
    public double step(int action) {
        Episode.requireStep(action, actions(), isTerminal());
        double[] next = rungeKutta(state, action - 1);
        state = new double[] {
            wrapped(next[0]),
            wrapped(next[1]),
            Math.max(-MOST_VELOCITY_1, Math.min(MOST_VELOCITY_1, next[2])),
            Math.max(-MOST_VELOCITY_2, Math.min(MOST_VELOCITY_2, next[3]))
        };
        return isTerminal() ? 0 : -1;
    }

    @Override
    public boolean isTerminal() {
        return -Math.cos(state[0]) - Math.cos(state[1] + state[0]) > 1;
    }

    private static double[] rungeKutta(double[] at, double torque) {
        double[] k1 = derivative(at, torque);
        double[] k2 = derivative(moved(at, k1, SECONDS / 2), torque);
        double[] k3 = derivative(moved(at, k2, SECONDS / 2), torque);
        double[] k4 = derivative(moved(at, k3, SECONDS), torque);
        double[] next = at.clone();
        for (int i = 0; i < next.length; i++) {
            next[i] += SECONDS / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }
        return next;
    }

    private static double[] moved(double[] from, double[] direction, double seconds) {
        double[] to = from.clone();
        for (int i = 0; i < to.length; i++) {
            to[i] += seconds * direction[i];
        }
        return to;
    }

    private static double[] derivative(double[] s, double torque) {
        double cos2 = Math.cos(s[1]);
        double sin2 = Math.sin(s[1]);
        double d1 = CENTRE * CENTRE + LENGTH * LENGTH + CENTRE * CENTRE + 2 * LENGTH * CENTRE * cos2 + 2;
        double d2 = CENTRE * CENTRE + LENGTH * CENTRE * cos2 + 1;
        double phi2 = CENTRE * GRAVITY * Math.cos(s[0] + s[1] - Math.PI / 2);
        double phi1 = -LENGTH * CENTRE * s[3] * s[3] * sin2
                - 2 * LENGTH * CENTRE * s[3] * s[2] * sin2
                + (CENTRE + LENGTH) * GRAVITY * Math.cos(s[0] - Math.PI / 2)
                + phi2;
        double acceleration2 = (torque + d2 / d1 * phi1 - LENGTH * CENTRE * s[2] * s[2] * sin2 - phi2)
                / (CENTRE * CENTRE + 1 - d2 * d2 / d1);
        double acceleration1 = -(d2 * acceleration2 + phi1) / d1;
        return new double[] {s[2], s[3], acceleration1, acceleration2};
    }

    /** Into [−π, π]. */
    private static double wrapped(double angle) {
        double turned = angle;
        while (turned > Math.PI) {
            turned -= 2 * Math.PI;
        }
        while (turned < -Math.PI) {
            turned += 2 * Math.PI;
        }
        return turned;
    }
}
