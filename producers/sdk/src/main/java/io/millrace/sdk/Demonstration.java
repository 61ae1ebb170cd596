package io.millrace.sdk;

import java.util.List;

/**
 * An output that is right, such as a user's own correction: the policy learns to make it, without a reward.
 *
 * @param request what the output is for; how it would be drawn does not matter. Its trajectory's id, where it has one, is an
 *     idempotency key: a second demonstration of the same step of it has no effect
 * @param output in the policy's terms, as {@link Output#output} would give it; of a transducer one emission an input token
 * @param weight how much it counts, finite and at least 0
 */
public record Demonstration(GenerationRequest request, List<String> output, double weight) {

    public Demonstration {
        output = List.copyOf(output);
        if (output.isEmpty()) {
            throw new InvalidRequestException("output: expected what is right, found nothing");
        }
        if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
            throw new InvalidRequestException("weight: expected a finite number of at least 0, found " + weight);
        }
    }

    /** One that counts fully. */
    public Demonstration(GenerationRequest request, List<String> output) {
        this(request, output, 1);
    }
}
