package io.millrace.server.token;

/** What a feedback token is about: one step of one trajectory. */
public record GeneratedStep(String policy, String trajectoryId, int step) {}
