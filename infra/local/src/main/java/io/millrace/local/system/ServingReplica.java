package io.millrace.local.system;

import io.millrace.sdk.Millrace;
import io.millrace.sdk.MillraceConfig;
import io.millrace.sdk.MillraceEnvironment;

/**
 * One serving replica of the local system.
 *
 * @param name as it reports itself
 */
public record ServingReplica(String name, Millrace millrace) implements AutoCloseable {

    static ServingReplica open(MillraceConfig config, MillraceEnvironment environment) {
        return new ServingReplica(config.replica(), Millrace.open(config, environment));
    }

    @Override
    public void close() {
        millrace.close();
    }
}
