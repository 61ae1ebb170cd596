package io.millrace.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.policy.FeatureHash;
import org.junit.jupiter.api.Test;

class LedgerHashTest {

    @Test
    void namesATrajectoryAsTheLearnerDoes() {
        assertThat(Millrace.ledgerHash("t1")).isEqualTo(FeatureHash.of("t1"));
    }
}
