/** What a world of simulated users is. */
@NullMarked
package io.millrace.simulator.world;

import org.jspecify.annotations.NullMarked;
