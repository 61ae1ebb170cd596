/** What many open trajectories cost. */
@NullMarked
package io.millrace.bench.state;

import org.jspecify.annotations.NullMarked;
