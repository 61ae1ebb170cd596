/** What a policy is: it generates from a context, scores what was generated, and says how to do better. */
@NullMarked
package io.millrace.policy;

import org.jspecify.annotations.NullMarked;
