package io.millrace.policy.choice;

import io.millrace.policy.Policy;
import io.millrace.policy.PolicyFactory;
import io.millrace.policy.spec.Key;
import io.millrace.policy.spec.ModelSpec;
import java.util.List;

/** Makes policies of the kind {@code choice}. */
public final class ChoicePolicyFactory implements PolicyFactory {

    @Override
    public String kind() {
        return "choice";
    }

    @Override
    public String summary() {
        return "Picks one of several candidates by their features, or an ordered list of them: a contextual bandit.";
    }

    @Override
    public List<Key<?>> modelKeys() {
        return ChoiceKeys.ALL;
    }

    @Override
    public Policy create(ModelSpec model) {
        return new ChoicePolicy(ChoiceModel.of(model));
    }
}
