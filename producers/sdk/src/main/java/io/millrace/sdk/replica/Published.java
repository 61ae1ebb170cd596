package io.millrace.sdk.replica;

import io.millrace.schemas.LearningStats;
import io.millrace.schemas.ParameterSnapshot;
import io.millrace.schemas.ParameterUpdate;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the learner says of the parameters that it publishes.
 *
 * @param appendedToPublished encoded histogram, one count a trajectory: age at publication of the rewards learned
 */
record Published(
        Instant createdAt,
        OptionalLong trajectoriesTotal,
        OptionalDouble rewardMean,
        Optional<ByteBuffer> appendedToPublished) {

    static Published of(ParameterUpdate update) {
        LearningStats stats = update.getStats();
        if (stats == null) {
            return new Published(update.getCreatedAt(), OptionalLong.empty(), OptionalDouble.empty(), Optional.empty());
        }
        return new Published(
                update.getCreatedAt(),
                OptionalLong.of(stats.getTrajectoriesTotal()),
                stats.getTrajectories() > 0 ? OptionalDouble.of(stats.getRewardMean()) : OptionalDouble.empty(),
                Optional.ofNullable(stats.getAppendedToPublished()));
    }

    static Published of(ParameterSnapshot snapshot) {
        return new Published(
                snapshot.getCreatedAt(),
                OptionalLong.of(snapshot.getTrajectoriesTotal()),
                OptionalDouble.empty(),
                Optional.empty());
    }
}
