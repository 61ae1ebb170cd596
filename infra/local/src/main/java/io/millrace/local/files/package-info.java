/** Directories that are kept, or not. */
@NullMarked
package io.millrace.local.files;

import org.jspecify.annotations.NullMarked;
