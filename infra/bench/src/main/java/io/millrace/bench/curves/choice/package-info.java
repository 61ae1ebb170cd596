/** Choices against VowpalWabbit's, on supervised problems played as bandits. */
@NullMarked
package io.millrace.bench.curves.choice;

import org.jspecify.annotations.NullMarked;
