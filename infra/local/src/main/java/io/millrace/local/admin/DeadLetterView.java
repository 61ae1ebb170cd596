package io.millrace.local.admin;

import io.millrace.schemas.DeadLetter;
import org.jspecify.annotations.Nullable;

/** A dead letter for people: all but the original bytes. */
public record DeadLetterView(
        String reason,
        String detail,
        String policy,
        String trajectoryId,
        String originTopic,
        int originPartition,
        long originOffset,
        int originalSizeBytes,
        String recordedAt) {

    static DeadLetterView of(DeadLetter letter) {
        return new DeadLetterView(
                letter.getReason().name(),
                letter.getDetail(),
                orEmpty(letter.getPolicy()),
                orEmpty(letter.getTrajectoryId()),
                letter.getOriginTopic(),
                letter.getOriginPartition(),
                letter.getOriginOffset(),
                letter.getOriginalSize(),
                letter.getRecordedAt().toString());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
