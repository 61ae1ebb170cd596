package io.millrace.learner.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.learner.fixture.SamplePolicy;
import io.millrace.policy.spec.PolicySpecException;
import io.millrace.schemas.PolicySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCatalogTest {

    private final PolicyCatalog catalog = PolicyCatalog.following();
    private final SamplePolicy pick = SamplePolicy.choice("pick");

    @Test
    void knowsThePoliciesThatItWasTold() {
        assertThat(catalog.accept(pick.spec(1))).isPresent();

        assertThat(catalog.find("pick")).isNotNull();
        assertThat(catalog.find("other")).isNull();
    }

    @Test
    void acceptsEachRevisionOnceAndOnlyForwards() {
        catalog.accept(pick.spec(2));

        assertThat(catalog.accept(pick.spec(2))).isEmpty();
        assertThat(catalog.accept(pick.spec(1))).isEmpty();
        assertThat(catalog.accept(pick.spec(3)))
                .hasValueSatisfying(known -> assertThat(known.revision()).isEqualTo(3));
    }

    @Test
    void takesTheLaterOfTwoRecordsOfOneRevisionAndTheSameRecordOnce() {
        catalog.accept(pick.spec(2));

        assertThat(catalog.accept(pick.with("batch.trajectories", "7").spec(2))).isPresent();
        assertThat(catalog.accept(pick.with("batch.trajectories", "7").spec(2))).isEmpty();

        assertThat(catalog.find("pick"))
                .isNotNull()
                .satisfies(known ->
                        assertThat(known.definition().batch().trajectories()).isEqualTo(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "layout", "hasValueHead"})
    void keepsTheLastGoodRevisionWhenItsKindFails(String method) {
        catalog.accept(pick.spec(1));

        PolicySpec hostile = SamplePolicy.hostile("pick", method).spec(2);
        assertThat(catalog.accept(hostile)).isEmpty();

        assertThat(catalog.find("pick")).isNotNull();
        assertThatThrownBy(() -> KnownPolicy.of(hostile))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining("kind: expected one that makes a policy of its model")
                .hasMessageContaining("org/example/Forgotten");
    }

    @Test
    void keepsTheLastGoodRevisionWhenABadOneComes() {
        catalog.accept(pick.spec(1));

        assertThat(catalog.accept(pick.with("batch.trajectories", "0").spec(2))).isEmpty();

        assertThat(catalog.find("pick"))
                .isNotNull()
                .satisfies(known -> assertThat(known.revision()).isEqualTo(1));
    }

    @Test
    void refusesAFileThatNamesAnotherPolicy() {
        var foreign = pick.spec(1);
        foreign.setPolicy("other");

        assertThat(catalog.accept(foreign)).isEmpty();
        assertThat(catalog.find("other")).isNull();
        assertThat(catalog.find("pick")).isNull();
    }

    @Test
    void forgetsAWithdrawnPolicyAndTakesItBack() {
        catalog.accept(pick.spec(1));

        assertThat(catalog.accept(pick.deleted(2))).isEmpty();
        assertThat(catalog.find("pick")).isNull();

        assertThat(catalog.accept(pick.spec(3))).isPresent();
    }
}
