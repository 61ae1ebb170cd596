/** The world of spelling to sound: listeners who know the CMU Pronouncing Dictionary. */
@NullMarked
package io.millrace.simulator.pronounce;

import org.jspecify.annotations.NullMarked;
