package io.millrace.local.house;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Tests that are skipped where no Docker engine answers, and fail there when CI says that one does: {@link OutsideTool}. */
public final class NeedsDocker implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext tests) {
        boolean there = DockerClientFactory.instance().isDockerAvailable();
        OutsideTool.failWhereRequired("docker", there, "as an engine that answers");
        return there ? enabled("a Docker engine answers") : disabled("no Docker engine answers");
    }
}
