package io.millrace.local.admin;

import io.millrace.schemas.DeadLetter;
import io.millrace.schemas.DeadLetterReason;
import java.time.Instant;
import java.util.Optional;

/**
 * Which dead letters are meant; what is empty does not matter.
 *
 * @param since written at this time or later
 * @param until written before this time
 */
public record DeadLetterFilter(
        Optional<DeadLetterReason> reason, Optional<String> policy, Optional<Instant> since, Optional<Instant> until) {

    public static final DeadLetterFilter ALL =
            new DeadLetterFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public DeadLetterFilter {
        if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
            throw new IllegalArgumentException(
                    "--since: expected a time before --until " + until.get() + ", found " + since.get());
        }
    }

    boolean matches(DeadLetter letter) {
        Instant at = letter.getRecordedAt();
        return reason.map(wanted -> wanted == letter.getReason()).orElse(true)
                && policy.map(wanted -> wanted.equals(letter.getPolicy())).orElse(true)
                && since.map(from -> !at.isBefore(from)).orElse(true)
                && until.map(at::isBefore).orElse(true);
    }
}
