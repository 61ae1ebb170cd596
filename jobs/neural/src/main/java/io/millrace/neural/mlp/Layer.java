package io.millrace.neural.mlp;

/**
 * A layer y = f(x W + b) and where its parameters lie in θ.
 *
 * @param inputs length of x
 * @param outputs length of y
 * @param weightAt index of W [inputs × outputs], row-major
 * @param biasAt index of b [outputs]
 * @param gain standard deviation of the sum of a layer whose inputs have that of 1, at the start
 */
record Layer(int inputs, int outputs, int weightAt, int biasAt, double gain) {}
