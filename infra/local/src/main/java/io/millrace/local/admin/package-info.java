/** Topics and policies: what an operator creates, looks at and changes. */
@NullMarked
package io.millrace.local.admin;

import org.jspecify.annotations.NullMarked;
