/** How the users reach the service: inside this JVM or over HTTP. */
@NullMarked
package io.millrace.simulator.service;

import org.jspecify.annotations.NullMarked;
