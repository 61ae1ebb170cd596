package io.millrace.bench.environments;

import java.util.random.RandomGenerator;

/**
 * A pole on a cart, to be kept upright by pushing the cart left (0) or right (1): CartPole-v1.
 *
 * <p>The equations of motion are those of Barto, Sutton and Anderson (1983) without friction, integrated by Euler's method
 * and with the constants of Gymnasium's {@code envs/classic_control/cartpole.py}; in double. Reward 1 a step, the last
 * included; at most 500 steps. Observation: x, ẋ, θ, θ̇.
 */
public final class CartPole implements Environment {

    private static final double GRAVITY = 9.8;
    private static final double CART_MASS = 1.0;
    private static final double POLE_MASS = 0.1;
    private static final double TOTAL_MASS = CART_MASS + POLE_MASS;
    private static final double HALF_LENGTH = 0.5;
    private static final double POLE_MOMENT = POLE_MASS * HALF_LENGTH;
    private static final double FORCE = 10;
    private static final double SECONDS = 0.02;
    private static final double MOST_X = 2.4;
    private static final double MOST_ANGLE = 12 * 2 * Math.PI / 360;
    private static final double FIRST_RANGE = 0.05;
    private static final int RIGHT = 1;

    private double x;
    private double xVelocity;
    private double angle;
    private double angularVelocity;

    @Override
    public int observationSize() {
        return 4;
    }

    @Override
    public int actions() {
        return 2;
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

    /** Begins an episode in this state: metres, radians, seconds. */
    void begin(double newX, double newXVelocity, double newAngle, double newAngularVelocity) {
        x = newX;
        xVelocity = newXVelocity;
        angle = newAngle;
        angularVelocity = newAngularVelocity;
    }

    @Override
    public float[] observation() {
        return new float[] {(float) x, (float) xVelocity, (float) angle, (float) angularVelocity};
    }

    @Override
    public double step(int action) {
        Episode.requireStep(action, actions(), isTerminal());
        double force = action == RIGHT ? FORCE : -FORCE;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double push = (force + POLE_MOMENT * angularVelocity * angularVelocity * sin) / TOTAL_MASS;
        double angularAcceleration =
                (GRAVITY * sin - cos * push) / (HALF_LENGTH * (4.0 / 3.0 - POLE_MASS * cos * cos / TOTAL_MASS));
        double acceleration = push - POLE_MOMENT * angularAcceleration * cos / TOTAL_MASS;
        x += SECONDS * xVelocity;
        xVelocity += SECONDS * acceleration;
        angle += SECONDS * angularVelocity;
        angularVelocity += SECONDS * angularAcceleration;
        return 1;
    }

    @Override
    public boolean isTerminal() {
        return Math.abs(x) > MOST_X || Math.abs(angle) > MOST_ANGLE;
    }
}
