/** The demo: simulated users, live progress, an audit at the end. */
@NullMarked
package io.millrace.local.demo;

import org.jspecify.annotations.NullMarked;
