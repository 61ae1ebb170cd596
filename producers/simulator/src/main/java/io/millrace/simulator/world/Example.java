package io.millrace.simulator.world;

/** One held-out situation in words: what was asked, what the policy says now, what would have been best. */
public record Example(String asked, String said, String best) {}
