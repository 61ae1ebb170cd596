/** What a measurement found, beside what was asked of it. */
@NullMarked
package io.millrace.bench.report;

import org.jspecify.annotations.NullMarked;
