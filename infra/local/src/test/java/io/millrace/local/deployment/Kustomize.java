package io.millrace.local.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.house.OutsideTool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What kustomize makes of a directory: the command itself, or the one within kubectl. */
final class Kustomize {

    private Kustomize() {}

    /** The resources; skips the calling test, or fails it, where neither command is there. */
    static List<JsonNode> build(Path directory) throws IOException, InterruptedException {
        OutsideTool tool = OutsideTool.requireOneOf("kustomize", "kubectl");
        String command = tool.name().equals("kubectl") ? "kustomize" : "build";
        return YamlFiles.parse(tool.run(directory, command, "."));
    }
}
