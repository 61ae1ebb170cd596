/** What users do once they have heard an output: answer late, twice or never, and try again until the answer is taken. */
@NullMarked
package io.millrace.simulator.listening;

import org.jspecify.annotations.NullMarked;
