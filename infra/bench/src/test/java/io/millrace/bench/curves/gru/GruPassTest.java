package io.millrace.bench.curves.gru;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.neural.matrix.Floats;
import org.junit.jupiter.api.Test;

class GruPassTest {

    private static final int[] WORD = {1, 0, 2, 2};
    private static final int[] ACTIONS = {0, 3, 1, 4};

    private final GruNetwork network = new GruNetwork(3, 4, 4, 6);
    private final GruPass pass = new GruPass(network, 8);

    @Test
    void itsGradientIsThatOfTheLogLikelihood() {
        float[] theta = network.initial(3);
        float[] gradient = new float[network.size()];
        pass.logLikelihood(theta, WORD, ACTIONS);
        pass.addGradient(theta, ACTIONS, gradient);

        double squares = 0;
        for (int i = 0; i < theta.length; i++) {
            assertThat(gradient[i]).as("parameter " + i).isCloseTo((float) slope(theta, i), within(2e-3f));
            squares += gradient[i] * gradient[i];
        }
        assertThat(Math.sqrt(squares)).isGreaterThan(1);
    }

    private double slope(float[] theta, int i) {
        float here = theta[i];
        float step = 1e-2f;
        theta[i] = here + step;
        double above = pass.logLikelihood(theta, WORD, ACTIONS);
        theta[i] = here - step;
        double below = pass.logLikelihood(theta, WORD, ACTIONS);
        theta[i] = here;
        return (above - below) / (2 * step);
    }

    @Test
    void theFirstPolicyIsNearTheUniformOne() {
        assertThat(pass.logLikelihood(network.initial(3), WORD, ACTIONS))
                .isCloseTo(-ACTIONS.length * Math.log(network.actions()), within(0.4));
    }

    @Test
    void writesTheLikeliestOutputAgain() {
        float[] theta = network.initial(3);
        for (int step = 0; step < 300; step++) {
            float[] gradient = new float[network.size()];
            pass.logLikelihood(theta, WORD, ACTIONS);
            pass.addGradient(theta, ACTIONS, gradient);
            Floats.addScaled(0.1f, gradient, 0, theta, 0, theta.length);
        }

        assertThat(pass.likeliest(theta, WORD)).containsExactly(0, 3, 1);
    }
}
