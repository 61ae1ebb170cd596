/** Whether every trajectory was learned exactly once, by θ's own lineage. */
@NullMarked
package io.millrace.local.audit;

import org.jspecify.annotations.NullMarked;
