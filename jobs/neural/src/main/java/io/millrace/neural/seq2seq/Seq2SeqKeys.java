package io.millrace.neural.seq2seq;

import io.millrace.policy.spec.Key;
import io.millrace.policy.spec.ValueType;
import java.util.List;

/** Keys of the {@code model} section of a seq2seq. */
final class Seq2SeqKeys {

    private static final int MAX_SYMBOLS = 65_536;

    static final Key<List<String>> INPUT = Key.required(
            "model.input", ValueType.distinctStrings(MAX_SYMBOLS), "The input tokens, such as the letters.");
    static final Key<List<String>> OUTPUT = Key.required(
            "model.output",
            ValueType.distinctStrings(MAX_SYMBOLS),
            "The output tokens; the end of the sequence is one more action, whose index follows theirs.");
    static final Key<Integer> MAX_INPUT =
            Key.optional("model.max-input", ValueType.integer(1, 512), 64, "Most tokens of an input.");
    static final Key<Integer> MAX_OUTPUT = Key.optional(
            "model.max-output",
            ValueType.integer(1, 512),
            64,
            "Most actions of an output, its end included; a longer one is cut there.");
    static final Key<Integer> WIDTH =
            Key.optional("model.width", ValueType.integer(4, 1024), 64, "Numbers that stand for a position.");
    static final Key<Integer> HEADS = Key.optional(
            "model.heads",
            ValueType.integer(1, 64),
            4,
            "Heads of each attention; four times as many divide the width.");
    static final Key<Integer> HIDDEN = Key.optional(
            "model.hidden", ValueType.integer(4, 8192), 128, "Numbers inside a feed-forward layer; a multiple of 4.");
    static final Key<Integer> ENCODER_LAYERS =
            Key.optional("model.encoder-layers", ValueType.integer(1, 12), 1, "Layers that read the input.");
    static final Key<Integer> DECODER_LAYERS =
            Key.optional("model.decoder-layers", ValueType.integer(1, 12), 1, "Layers that write the output.");

    static final List<Key<?>> ALL =
            List.of(INPUT, OUTPUT, MAX_INPUT, MAX_OUTPUT, WIDTH, HEADS, HIDDEN, ENCODER_LAYERS, DECODER_LAYERS);

    private Seq2SeqKeys() {}
}
