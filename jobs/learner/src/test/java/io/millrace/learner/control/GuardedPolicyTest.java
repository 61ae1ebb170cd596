package io.millrace.learner.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learner.fixture.HostilePolicy;
import io.millrace.policy.Context;
import io.millrace.policy.Decision;
import io.millrace.policy.InvalidInputException;
import io.millrace.policy.Policy;
import io.millrace.policy.UnknownActionException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardedPolicyTest {

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("not now"),
                new IllegalArgumentException("not so"),
                new NoSuchMethodError("gone"),
                new ExceptionInInitializerError("never began"),
                new StackOverflowError(),
                new AssertionError("impossible"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void makesInvalidInputOfWhateverAKindThrows(Throwable failure) {
        Policy policy = guarded(failure);

        assertThatThrownBy(() -> policy.initialize(new float[32], 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("kind 'own'")
                .hasMessageContaining(failure.toString())
                .hasCause(failure);
    }

    @Test
    void passesOnWhatTheKindRefusesInTheRightWay() {
        var refusal = new UnknownActionException("actions[0]");

        assertThatThrownBy(() -> guarded(refusal).initialize(new float[32], 1)).isSameAs(refusal);
    }

    @Test
    void passesOnThatThereIsNoMemory() {
        var noMemory = new OutOfMemoryError("heap");

        assertThatThrownBy(() -> guarded(noMemory).initialize(new float[32], 1)).isSameAs(noMemory);
    }

    @Test
    void passesOnWhatAnInterruptedKindThrows() {
        var interrupted = new IllegalStateException(new InterruptedException());
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> guarded(interrupted).initialize(new float[32], 1))
                    .isSameAs(interrupted);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void guardsItsForksToo() {
        Policy fork = guarded(new IllegalStateException("not now")).fork();

        assertThatThrownBy(() -> fork.initialize(new float[32], 1)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void doesWhatThePolicyDoes() {
        Policy policy = GuardedPolicy.of("own", new HostilePolicy(Set.of(), AssertionError::new));

        assertThat(policy.hasValueHead()).isTrue();
        assertThat(policy.hasRewardModel()).isFalse();
        assertThat(policy.layout().size()).isEqualTo(32);
        assertThatThrownBy(() ->
                        policy.validate(new Decision(new Context.Dense(new float[1]), new int[] {9}, new float[1])))
                .isInstanceOf(UnknownActionException.class);
    }

    /** A default method that is not handed on would hide the kind's own. */
    @Test
    void handsOnEveryMethod() {
        assertThat(Policy.class.getMethods())
                .isNotEmpty()
                .allSatisfy(method ->
                        assertThat(declares(method)).as(method.toString()).isTrue());
    }

    private static boolean declares(Method method) {
        return Stream.of(GuardedPolicy.class.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }

    private static Policy guarded(Throwable failure) {
        return GuardedPolicy.of("own", new HostilePolicy(Set.of("initialize"), () -> failure));
    }
}
