package io.millrace.neural.seq2seq;

/** {@link AttentionHeads} over all sequences of a block. Remembers the probabilities between forward and backward pass. */
final class Attention {

    /** What a query may see. */
    enum Sight {
        /** Every key of its sequence. */
        ALL,
        /** The keys up to its own position. */
        PAST
    }

    private final AttentionHeads heads;
    private final Sight sight;
    private final Scratch probabilities = new Scratch();

    Attention(AttentionHeads heads, Sight sight) {
        this.heads = heads;
        this.sight = sight;
    }

    /** Writes {@code out} [query rows × width]. */
    void forward(float[] theta, Triple in, Segments queries, Segments keys, Columns out) {
        float[] p = probabilities.of(count(queries, keys));
        int at = 0;
        for (int s = 0; s < queries.count(); s++) {
            for (int i = 0; i < queries.length(s); i++) {
                int seen = seen(i, keys.length(s));
                heads.attend(theta, in, i, queries.start(s) + i, keys.start(s), seen, p, at, out);
                at += heads.probabilities(seen);
            }
        }
    }

    /** Adds to {@code slope} and to the biases' gradient, of do in {@code out}. */
    void addBackward(Triple in, Segments queries, Segments keys, Columns out, Triple slope, float[] gradient) {
        float[] p = probabilities.values();
        int at = 0;
        for (int s = 0; s < queries.count(); s++) {
            for (int i = 0; i < queries.length(s); i++) {
                int seen = seen(i, keys.length(s));
                heads.addBackward(in, i, queries.start(s) + i, keys.start(s), seen, p, at, out, slope, gradient);
                at += heads.probabilities(seen);
            }
        }
    }

    private int seen(int i, int keys) {
        return sight == Sight.ALL ? keys : i + 1;
    }

    private int count(Segments queries, Segments keys) {
        int count = 0;
        for (int s = 0; s < queries.count(); s++) {
            count += heads.probabilities(queries.length(s) * keys.length(s));
        }
        return count;
    }
}
