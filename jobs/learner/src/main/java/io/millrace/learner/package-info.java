/** The Flink job. LearnerJob shows the whole path; each package is one operator of it. */
@NullMarked
package io.millrace.learner;

import org.jspecify.annotations.NullMarked;
