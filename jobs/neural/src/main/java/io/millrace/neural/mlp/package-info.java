/** The kind {@code mlp}: feed-forward networks from a dense state to one of a few actions, and to the value of the state. */
@NullMarked
package io.millrace.neural.mlp;

import org.jspecify.annotations.NullMarked;
