package io.millrace.local.house;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Where no Docker engine answers, a class of tests is skipped, or fails where CI says that one is there: {@link OutsideTool}. */
public final class NeedsDocker implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext tests) {
        OutsideTool.require("docker", DockerClientFactory.instance().isDockerAvailable(), "as an engine that answers");
    }
}
