package io.millrace.neural.mlp;

/** Whose the hidden layers are. */
enum Trunk {
    /** Both heads' own. */
    SEPARATE,
    /** The same for both heads. */
    SHARED
}
