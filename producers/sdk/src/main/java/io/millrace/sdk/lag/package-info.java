/** The update-lag chain: histograms of its links, and what every replica has applied. */
@NullMarked
package io.millrace.sdk.lag;

import org.jspecify.annotations.NullMarked;
