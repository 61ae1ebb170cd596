package io.millrace.local.admin;

/** Kafka did not answer, or refused; the message names the address and what to do. */
public final class KafkaAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KafkaAwayException(String message, Throwable cause) {
        super(message, cause);
    }

    static KafkaAwayException at(String bootstrapServers, String whatFailed, Throwable cause) {
        return new KafkaAwayException(
                whatFailed + ": expected Kafka at " + bootstrapServers + ", found: " + cause.getMessage()
                        + "; start it, or give its address with --bootstrap-servers",
                cause);
    }
}
