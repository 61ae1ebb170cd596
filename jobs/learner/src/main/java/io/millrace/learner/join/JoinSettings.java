package io.millrace.learner.join;

import io.millrace.learner.ingest.RawRecord;
import io.millrace.schemas.wire.Topics;
import java.io.Serializable;
import java.time.Duration;

/**
 * What the join needs to know of the job.
 *
 * @param topicPrefix first part of the topics' names, for the origin of dead letters
 * @param lanes lanes that a policy is spread over
 * @param maxRecordBytes larger records are refused
 * @param clockSkew how far a producer's clock may be ahead of the broker's
 * @param unknownPolicyGrace how long a record of an unknown policy waits for its specification
 */
public record JoinSettings(
        String topicPrefix, int lanes, int maxRecordBytes, Duration clockSkew, Duration unknownPolicyGrace)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Name of the topic that records of a kind come from. */
    String topicOf(RawRecord.Kind kind) {
        var topics = new Topics(topicPrefix);
        return switch (kind) {
            case GENERATION -> topics.generations().name();
            case REWARD -> topics.rewards().name();
        };
    }
}
