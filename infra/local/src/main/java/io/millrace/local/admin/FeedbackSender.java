package io.millrace.local.admin;

import io.millrace.schemas.Reward;
import io.millrace.schemas.wire.Topic;

/** Writes a reward by hand: to try something out, or to feed back what a person decided later. */
public final class FeedbackSender {

    private final KafkaAccess kafka;

    public FeedbackSender(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * Returns when Kafka has it.
     *
     * @throws KafkaAwayException when Kafka does not take it
     */
    public void send(Reward reward) {
        Topic<Reward> topic = kafka.topics().rewards();
        new RecordWriter(kafka).write(topic, reward.getTrajectoryId(), reward);
    }
}
