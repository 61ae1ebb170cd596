package io.millrace.sdk;

import java.time.Instant;
import java.util.List;

/**
 * What a policy generated.
 *
 * @param trajectoryId what feedback must name
 * @param output the output in the application's terms: phonemes, ids of chosen candidates
 * @param probability of the whole output under the distribution sampled from
 * @param epoch of the parameters
 * @param version of the parameters, within the epoch
 */
public record Output(
        String policy,
        String trajectoryId,
        int step,
        List<String> output,
        double probability,
        long epoch,
        long version,
        Instant producedAt) {

    public Output {
        output = List.copyOf(output);
    }
}
