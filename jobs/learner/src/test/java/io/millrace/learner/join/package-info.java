@NullMarked
package io.millrace.learner.join;

import org.jspecify.annotations.NullMarked;
