package io.millrace.neural.matrix;

import io.millrace.policy.spec.PolicySpecException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The jars that products of matrices need, looked for without loading anything of them. */
public final class NativeLibraries {

    private static final Map<String, String> CLASS_BY_JAR = new LinkedHashMap<>();

    static {
        CLASS_BY_JAR.put("nd4j-api", "org.nd4j.linalg.factory.Nd4j");
        CLASS_BY_JAR.put("nd4j-native", "org.nd4j.linalg.cpu.nativecpu.CpuBackend");
        CLASS_BY_JAR.put("javacpp", "org.bytedeco.javacpp.Loader");
        CLASS_BY_JAR.put("openblas", "org.bytedeco.openblas.global.openblas");
    }

    private NativeLibraries() {}

    /**
     * Nothing, where all of them are there.
     *
     * @throws PolicySpecException when some are not; says which, and how to get them
     */
    public static void require(String kind) {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw PolicySpecException.of(
                    "kind",
                    "one that can learn in this process, where '" + kind + "' needs the jars of ND4J",
                    "none of " + String.join(", ", missing),
                    "copy jobs/neural/target/cluster-lib/*.jar, which 'mvn package' gathers, into the lib/ of every"
                            + " machine of the Flink cluster, and restart it; no job jar may carry them");
        }
    }

    private static List<String> missing() {
        List<String> missing = new ArrayList<>();
        CLASS_BY_JAR.forEach((jar, name) -> {
            try {
                Class<?> ignored = Class.forName(name, false, NativeLibraries.class.getClassLoader());
            } catch (ClassNotFoundException | LinkageError e) {
                missing.add(jar);
            }
        });
        return missing;
    }
}
