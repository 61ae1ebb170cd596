package io.millrace.neural.seq2seq;

/** What the layers of a network share: its weights off the heap, and arrays that nobody needs for longer than a call. */
final class Workspace {

    final NativeWeights weights;
    final Scratch first = new Scratch();
    final Scratch second = new Scratch();

    Workspace(NativeWeights weights) {
        this.weights = weights;
    }
}
