package io.millrace.learner.control;

import io.millrace.policy.Policies;
import io.millrace.policy.Policy;
import io.millrace.policy.spec.PolicyDefinition;
import io.millrace.policy.spec.PolicySpecException;
import io.millrace.schemas.PolicySpec;
import java.util.ServiceConfigurationError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A specification with what it says: its definition, and the policy itself (without parameters). */
public record KnownPolicy(PolicySpec spec, PolicyDefinition definition, Policy policy) {

    private static final Logger LOG = LoggerFactory.getLogger(KnownPolicy.class);

    /**
     * Reads a specification.
     *
     * @throws PolicySpecException when it cannot be followed
     */
    public static KnownPolicy of(PolicySpec spec) {
        try {
            return read(spec);
        } catch (PolicySpecException e) {
            throw e;
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            // A kind is anybody's code, and what it refuses in its own way is refused all the same.
            LOG.warn("Policy '{}': its kind failed", spec.getPolicy(), e);
            throw new PolicySpecException("kind: expected one that makes a policy of its model, found " + e
                    + " (policy '" + spec.getPolicy() + "'); mend the kind or the model");
        }
    }

    private static KnownPolicy read(PolicySpec spec) {
        PolicyDefinition definition = PolicyDefinition.parse(spec.getSpecification());
        if (!definition.policy().equals(spec.getPolicy())) {
            throw new PolicySpecException("policy: expected '" + spec.getPolicy() + "', the record's key, found '"
                    + definition.policy() + "'; apply the file under its own name");
        }
        return new KnownPolicy(
                spec, definition, GuardedPolicy.of(definition.kind(), Policies.createLearning(definition)));
    }

    /**
     * Whether a specification that comes after another replaces it. Two people who change a policy at once take the same
     * revision: then the later record wins, as it does for whoever serves and in the compacted topic. The same record again
     * changes nothing.
     */
    public static boolean supersedes(PolicySpec later, PolicySpec known) {
        return later.getRevision() > known.getRevision()
                || (later.getRevision() == known.getRevision() && !later.equals(known));
    }

    /** Whether parameters of the one are parameters of the other. */
    public boolean hasModelOf(KnownPolicy other) {
        return definition.kind().equals(other.definition.kind())
                && definition.model().equals(other.definition.model());
    }

    public String name() {
        return spec.getPolicy();
    }

    public long revision() {
        return spec.getRevision();
    }
}
