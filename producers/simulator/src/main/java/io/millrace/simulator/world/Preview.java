package io.millrace.simulator.world;

import java.util.List;

/** The likeliest output of the policy as it is served now; not logged, never rewarded. */
@FunctionalInterface
public interface Preview {

    List<String> likeliest(Situation situation);
}
