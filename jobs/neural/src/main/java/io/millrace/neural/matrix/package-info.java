/** Dense matrices outside of the heap and their products: the only package that knows ND4J. */
@NullMarked
package io.millrace.neural.matrix;

import org.jspecify.annotations.NullMarked;
