package io.millrace.local.admin;

/** Kafka is there, but not the topic: a matter of configuration. */
public final class NoSuchTopicException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    NoSuchTopicException(String topic, String bootstrapServers) {
        super("topic: expected " + topic + " in Kafka at " + bootstrapServers
                + ", found none; create the topics with 'millrace topics create', or mend --topic-prefix");
    }
}
