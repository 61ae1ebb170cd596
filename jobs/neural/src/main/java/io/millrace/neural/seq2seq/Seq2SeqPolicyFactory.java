package io.millrace.neural.seq2seq;

import io.millrace.neural.matrix.NativeLibraries;
import io.millrace.policy.Policy;
import io.millrace.policy.PolicyFactory;
import io.millrace.policy.spec.Key;
import io.millrace.policy.spec.ModelSpec;
import java.util.List;

/** Makes policies of the kind {@code seq2seq}. */
public final class Seq2SeqPolicyFactory implements PolicyFactory {

    @Override
    public String kind() {
        return "seq2seq";
    }

    @Override
    public String summary() {
        return "Free generation: an encoder reads the input tokens, a decoder with attention writes output tokens until it"
                + " ends; with a value head.";
    }

    @Override
    public List<Key<?>> modelKeys() {
        return Seq2SeqKeys.ALL;
    }

    @Override
    public Policy create(ModelSpec model) {
        return new Seq2SeqPolicy(Seq2SeqModel.of(model));
    }

    @Override
    public void requireLearning() {
        NativeLibraries.require(kind());
    }
}
