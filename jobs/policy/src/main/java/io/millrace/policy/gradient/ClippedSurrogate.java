package io.millrace.policy.gradient;

import io.millrace.policy.spec.ClipSpec;

/**
 * L(r) = min(r A, clip(r, 1 − low, 1 + high) A), and max(L(r), dual · A) where A is negative: a pessimistic bound of r A that
 * is flat once r has gone far enough the way A wants it.
 */
record ClippedSurrogate(double least, double greatest, double dual) {

    static ClippedSurrogate of(ClipSpec clip) {
        return new ClippedSurrogate(1 - clip.low(), 1 + clip.high(), clip.dual());
    }

    /** dL / d log r: r A, or 0 where L is flat. */
    double slope(double ratio, double advantage) {
        return clips(ratio, advantage) ? 0 : ratio * advantage;
    }

    /** Whether L is flat. */
    boolean clips(double ratio, double advantage) {
        return advantage > 0 ? ratio > greatest : advantage < 0 && (ratio < least || ratio > dual);
    }
}
