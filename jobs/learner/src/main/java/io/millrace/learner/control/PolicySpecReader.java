package io.millrace.learner.control;

import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.wire.RecordCodec;
import io.millrace.schemas.wire.UndecodableException;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes specifications for the operator that is keyed by policy. */
public final class PolicySpecReader implements FlatMapFunction<Control, PolicySpec> {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(PolicySpecReader.class);

    private transient @Nullable RecordCodec<PolicySpec> codec;

    @Override
    public void flatMap(Control control, Collector<PolicySpec> out) {
        RecordCodec<PolicySpec> codec = this.codec;
        if (codec == null) {
            codec = RecordCodec.of(PolicySpec.class);
            this.codec = codec;
        }
        try {
            out.collect(codec.decode(control.value()));
        } catch (UndecodableException e) {
            LOG.warn("Specification ignored: {}", e.getMessage());
        }
    }
}
