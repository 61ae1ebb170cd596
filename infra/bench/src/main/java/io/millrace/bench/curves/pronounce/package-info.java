/** Learning to pronounce, through the whole pipeline. */
@NullMarked
package io.millrace.bench.curves.pronounce;

import org.jspecify.annotations.NullMarked;
