package io.millrace.local.chaos;

/**
 * What went through the system besides what it should learn.
 *
 * @param visits of users
 * @param turnedAway users who came while too many waited for an answer, and asked for nothing
 * @param retries requests that were sent again, for want of an answer or of a yes
 * @param refused requests that were answered with a no that asking again would not change
 * @param repeatedFeedback feedback that was sent again though it was taken
 * @param secondThoughts further rewards of what was learned long before
 * @param duplicatedRecords records of the event topics that were written once more, later
 * @param poisonedRecords bytes that are no record
 * @param swappedTrajectories whose reward was written before their output
 */
public record Traffic(
        long visits,
        long turnedAway,
        long retries,
        long refused,
        long repeatedFeedback,
        long secondThoughts,
        long duplicatedRecords,
        long poisonedRecords,
        long swappedTrajectories) {

    static Traffic of(Crowd.Counts users, Meddler.Counts meddling) {
        return new Traffic(
                users.arrived(),
                users.turnedAway(),
                users.retries(),
                users.refused(),
                users.repeated(),
                users.secondThoughts(),
                meddling.duplicatedRecords(),
                meddling.poisonedRecords(),
                meddling.swappedTrajectories());
    }
}
