package io.millrace.sdk;

import io.millrace.schemas.wire.Topic;
import io.millrace.schemas.wire.Topics;
import io.millrace.sdk.kafka.RecordLog;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Appends records of one topic, keyed by trajectory, and answers once Kafka has them. */
final class AcknowledgedLog<R extends SpecificRecord> {

    private final RecordLog log;
    private final Topic<R> topic;
    private final String what;
    private final LongAdder logged = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /** {@code what}: the record's name for people. */
    AcknowledgedLog(RecordLog log, Topic<R> topic, String what) {
        this.log = log;
        this.topic = topic;
        this.what = what;
    }

    /**
     * Appends a record and completes with {@code answer} once Kafka has it, or with an {@link UnavailableException}.
     *
     * @throws InvalidRequestException when the record is larger than Millrace's parts write
     */
    <T> CompletableFuture<T> append(String trajectoryId, R record, T answer) {
        byte[] value = topic.codec().encode(record);
        if (value.length > Topics.MAX_RECORD_BYTES) {
            throw new InvalidRequestException(
                    what + ": expected at most " + Topics.MAX_RECORD_BYTES + " bytes when logged, found " + value.length
                            + " (trajectory '" + trajectoryId + "'); send fewer or shorter inputs");
        }
        var answered = new CompletableFuture<T>();
        log.append(topic.name(), trajectoryId.getBytes(StandardCharsets.UTF_8), value, failure -> {
            if (failure.isEmpty()) {
                logged.increment();
                answered.complete(answer);
            } else {
                failed.increment();
                answered.completeExceptionally(mended(trajectoryId, failure.get()));
            }
        });
        return answered;
    }

    private RuntimeException mended(String trajectoryId, Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            return new InvalidRequestException(what + ": expected a record that the topic " + topic.name()
                    + " takes, found a larger one (trajectory '" + trajectoryId + "'); raise its max.message.bytes to "
                    + "Millrace's " + Topics.MAX_RECORD_BYTES + " or send fewer inputs");
        }
        return new UnavailableException(
                what + " not logged: expected Kafka to acknowledge it, found " + failure.getMessage() + " (trajectory '"
                        + trajectoryId + "'); try again later",
                failure);
    }

    long logged() {
        return logged.sum();
    }

    long failed() {
        return failed.sum();
    }
}
