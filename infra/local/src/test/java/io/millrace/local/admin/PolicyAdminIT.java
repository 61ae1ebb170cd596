package io.millrace.local.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.broker.BrokerOptions;
import io.millrace.local.broker.EmbeddedBroker;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.spec.PolicySpecException;
import io.millrace.schemas.PolicySpec;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PolicyAdminIT {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    @SuppressWarnings("NullAway.Init") // Set before the first test.
    private static EmbeddedBroker broker;

    @SuppressWarnings("NullAway.Init") // Set before the first test.
    private static PolicyAdmin admin;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerOptions.temporary());
        KafkaAccess access = KafkaAccess.plain(broker.bootstrapServers());
        try (TopicAdmin topics = TopicAdmin.connect(access)) {
            topics.create(TopicOptions.DEFAULTS);
        }
        admin = new PolicyAdmin(access, InstantSource.fixed(NOW));
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @Test
    void givesANewPolicyItsFirstRevision() {
        AppliedPolicy applied = admin.apply(policy("first", 7));

        assertThat(applied).isEqualTo(new AppliedPolicy("first", 1, false, true));
        PolicySpec shown = admin.show("first");
        assertThat(PolicyDefinition.parse(shown.getSpecification())).isEqualTo(policy("first", 7));
        assertThat(shown.getAppliedAt()).isEqualTo(NOW);
    }

    @Test
    void countsRevisionsUpWithEveryChange() {
        admin.apply(policy("changing", 1));

        assertThat(admin.apply(policy("changing", 2)).revision()).isEqualTo(2);
        assertThat(admin.show("changing").getSpecification()).contains("\"seed\":2");
    }

    @Test
    void writesNothingWhenThePolicyIsAlreadySo() {
        admin.apply(policy("same", 1));

        assertThat(admin.apply(policy("same", 1))).isEqualTo(new AppliedPolicy("same", 1, false, false));
    }

    @Test
    void pausesAndResumesUnderNewRevisions() {
        admin.apply(policy("paused", 1));

        assertThat(admin.pause("paused")).isEqualTo(new AppliedPolicy("paused", 2, true, true));
        assertThat(admin.pause("paused")).isEqualTo(new AppliedPolicy("paused", 2, true, false));
        assertThat(admin.resume("paused")).isEqualTo(new AppliedPolicy("paused", 3, false, true));
    }

    @Test
    void keepsAPolicyPausedWhenItsFileChanges() {
        admin.apply(policy("held", 1));
        admin.pause("held");

        assertThat(admin.apply(policy("held", 2)).paused()).isTrue();
    }

    @Test
    void refusesWhatTheLearnerCouldNotFollow() {
        admin.apply(policy("learned", 1));
        String file = PolicyFileTest.CHOICE.formatted("learned", 1);

        refuses(file.replace("hash-bits: 10", "hash-bits: 11"), "model: expected the one that the policy was created");
        refuses(
                file.replace("kind: choice", "kind: transducer").replace("hash-bits: 10", TRANSDUCER),
                "kind: expected 'choice'");
        refuses(
                file + "optimizer: { kind: adam, learning-rate: 0.1 }\n",
                "optimizer.kind: expected one with as many moments");
        assertThat(admin.show("learned").getRevision()).isEqualTo(1);
        assertThat(admin.apply(PolicyFile.parse(file + "optimizer: { kind: adagrad, learning-rate: 0.7 }\n"))
                        .revision())
                .isEqualTo(2);
    }

    private static final String TRANSDUCER = "input: [a], emissions: [A], window: 1, history: 1, hash-bits: 12";

    private static void refuses(String file, String message) {
        assertThatThrownBy(() -> admin.apply(PolicyFile.parse(file)))
                .isInstanceOf(PolicySpecException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("give the policy a new name");
    }

    @Test
    void leavesAKnownPolicyAsItIsWhereOnlyANewOneIsWanted() {
        admin.applyIfUnknown(policy("default", 1));
        admin.applyIfUnknown(policy("default", 2));

        assertThat(PolicyDefinition.parse(admin.show("default").getSpecification()))
                .isEqualTo(policy("default", 1));
    }

    @Test
    void listsPoliciesByName() {
        admin.apply(policy("z-last", 1));
        admin.apply(policy("a-first", 1));

        assertThat(admin.list())
                .extracting(PolicySpec::getPolicy)
                .contains("a-first", "z-last")
                .isSorted();
    }

    @Test
    void namesThePoliciesThereAreWhenAskedForAnother() {
        admin.apply(policy("known", 1));

        assertThatThrownBy(() -> admin.pause("unknown"))
                .isInstanceOf(NoSuchPolicyException.class)
                .hasMessageContaining("known")
                .hasMessageContaining("found 'unknown'");
    }

    private static PolicyDefinition policy(String name, int seed) {
        return PolicyFile.parse(PolicyFileTest.CHOICE.formatted(name, seed));
    }
}
