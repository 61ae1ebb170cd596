package io.millrace.learner.control;

import io.millrace.learner.deadletter.DeadLetters;
import io.millrace.learner.deadletter.Origin;
import io.millrace.schemas.DeadLetterReason;
import io.millrace.schemas.PolicySpec;
import io.millrace.schemas.wire.RecordCodec;
import io.millrace.schemas.wire.UndecodableException;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Decodes specifications for the operator that is keyed by policy; what cannot be decoded goes to dead letters. */
public final class PolicySpecReader extends ProcessFunction<Control, PolicySpec> {

    private static final long serialVersionUID = 1L;

    private final String topic;
    private transient RecordCodec<PolicySpec> codec;

    /** @param topic that the records are from */
    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    public PolicySpecReader(String topic) {
        this.topic = topic;
    }

    @Override
    public void open(OpenContext context) {
        codec = RecordCodec.of(PolicySpec.class);
    }

    @Override
    public void processElement(Control control, Context context, Collector<PolicySpec> out) {
        try {
            out.collect(codec.decode(control.value()));
        } catch (UndecodableException e) {
            Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
            DeadLetterReason reason = e.reason() == UndecodableException.Cause.UNKNOWN_SCHEMA
                    ? DeadLetterReason.UNKNOWN_SCHEMA
                    : DeadLetterReason.UNDECODABLE;
            var origin = new Origin(
                    topic,
                    control.partition(),
                    control.offset(),
                    control.timestampMs(),
                    control.key(),
                    control.value());
            context.output(DeadLetters.TAG, DeadLetters.of(reason, String.valueOf(e.getMessage()), null, origin, now));
        }
    }
}
