package io.millrace.simulator.service;

import java.util.List;

/**
 * An output that the service has logged, so that it can be rewarded.
 *
 * @param trajectoryId what the job will know it by
 * @param ticket what feedback must show: the trajectory's id inside this JVM, a signed token over HTTP
 */
public record Answer(String trajectoryId, String ticket, List<String> output) {}
