/** The files of infra/docker and infra/kubernetes, checked against what they are for. */
@NullMarked
package io.millrace.local.deployment;

import org.jspecify.annotations.NullMarked;
