package io.millrace.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.admin.PolicyFile;
import io.millrace.policy.spec.PolicyDefinition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BundledPoliciesTest {

    @Test
    void waitLongerForPeopleThanForSimulatedUsersAndAreElseTheSame() {
        PolicyDefinition simulated = BundledPolicies.forWorld("pronounce", 7);
        PolicyDefinition people = BundledPolicies.forPeople("pronounce");

        assertThat(simulated.join().rewardWindow()).isEqualTo(Duration.ofSeconds(30));
        assertThat(people.join().rewardWindow()).isEqualTo(Duration.ofMinutes(10));
        assertThat(people)
                .isEqualTo(PolicyFile.parse(
                        simulated.toJson().replaceFirst("\"reward-window\":\"[^\"]*\"", "\"reward-window\":\"10m\"")));
    }
}
