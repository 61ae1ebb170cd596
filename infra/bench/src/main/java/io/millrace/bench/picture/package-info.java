/** Line charts as SVG, drawn without fonts or a screen. */
@NullMarked
package io.millrace.bench.picture;

import org.jspecify.annotations.NullMarked;
