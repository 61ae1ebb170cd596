package io.millrace.policy.safetensors;

/** A file that is no safetensors file, or holds other tensors than the policy has. Nothing of it has been used. */
public final class TensorFileException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    TensorFileException(String message) {
        super(message);
    }

    static TensorFileException of(String what, String expected, String found) {
        return new TensorFileException("Tensor file refused: " + what + ": expected " + expected + ", found " + found);
    }
}
