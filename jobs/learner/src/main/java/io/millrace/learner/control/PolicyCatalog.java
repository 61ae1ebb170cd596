package io.millrace.learner.control;

import io.millrace.policy.spec.PolicySpecException;
import io.millrace.schemas.PolicySpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest usable specification of every policy, parsed once. A bad one leaves the last good one in force. */
public final class PolicyCatalog {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyCatalog.class);

    private final Map<String, KnownPolicy> byName = new HashMap<>();
    private final boolean keepsModels;

    private PolicyCatalog(boolean keepsModels) {
        this.keepsModels = keepsModels;
    }

    /** Follows whatever can be followed. */
    public static PolicyCatalog following() {
        return new PolicyCatalog(false);
    }

    /** Refuses revisions with another model, as the parameter server does: what is generated is of the first. */
    public static PolicyCatalog keepingModels() {
        return new PolicyCatalog(true);
    }

    /** The policy that the specification changed; empty when it is old, withdrawn or cannot be followed. */
    public Optional<KnownPolicy> accept(PolicySpec spec) {
        KnownPolicy known = byName.get(spec.getPolicy());
        if (known != null && !KnownPolicy.supersedes(spec, known.spec())) {
            return Optional.empty();
        }
        if (spec.getDeleted()) {
            byName.remove(spec.getPolicy());
            return Optional.empty();
        }
        try {
            KnownPolicy changed = KnownPolicy.of(spec);
            if (keepsModels && known != null && !changed.hasModelOf(known)) {
                throw new PolicySpecException("model: expected the one that the policy was created with (revision "
                        + known.revision() + "), found another; give the policy a new name to learn another model");
            }
            byName.put(changed.name(), changed);
            return Optional.of(changed);
        } catch (PolicySpecException e) {
            LOG.warn(
                    "Policy '{}' revision {} refused, {}: {}",
                    spec.getPolicy(),
                    spec.getRevision(),
                    known == null ? "it is not served" : "keeping revision " + known.revision(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    public @Nullable KnownPolicy find(String policy) {
        return byName.get(policy);
    }
}
