package io.millrace.local.processes;

import io.millrace.local.broker.BrokerMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes the parts of one cluster: which main class, how much memory, which arguments. */
final class Parts {

    private static final String ZOOKEEPER =
            "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain";
    private static final String JOB_MANAGER = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    private static final String MILLRACE = "io.millrace.local.cli.MillraceCli";

    /** The number of one of several parts of a kind. */
    private static final Pattern OF_SEVERAL = Pattern.compile("-\\d+$");

    /** A session may be as short as two ticks. */
    private static final String ZOOKEEPER_CONFIGURATION = """
            tickTime=500
            dataDir=%s
            clientPort=%d
            clientPortAddress=127.0.0.1
            maxClientCnxns=0
            admin.enableServer=false
            """;

    private final Installation installation;
    private final ClusterShape shape;
    private final Path home;
    private final Addresses addresses;
    private final FlinkFiles flink;
    private final Map<String, ClassArchive> archives = new HashMap<>();

    Parts(Installation installation, ClusterShape shape, Path home, Addresses addresses) {
        this.installation = installation;
        this.shape = shape;
        this.home = home;
        this.addresses = addresses;
        this.flink = new FlinkFiles(installation, shape, home);
    }

    /** What the parts read, before any of them starts. */
    void writeFiles() {
        flink.write(addresses);
        try {
            Files.writeString(
                    home.resolve("conf/zoo.cfg"),
                    ZOOKEEPER_CONFIGURATION.formatted(home.resolve("zookeeper"), addresses.zooKeeper()));
            Files.writeString(home.resolve("secret"), secret());
        } catch (IOException e) {
            throw new UncheckedIOException("configuration could not be written: " + e.getMessage(), e);
        }
    }

    private static String secret() {
        byte[] bytes = new byte[48];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    Part zooKeeper() {
        return part(
                "zookeeper",
                flink.tool(
                        List.of("-Xmx64m"),
                        ZOOKEEPER,
                        List.of(home.resolve("conf/zoo.cfg").toString())));
    }

    Part broker() {
        return part(
                "broker",
                own(
                        List.of("-Xms256m", "-Xmx512m"),
                        "broker",
                        BrokerMain.class.getName(),
                        List.of(home.resolve("kafka").toString(), Integer.toString(addresses.broker()))));
    }

    Part jobManager() {
        return part("jobmanager", flink.command(List.of("-Xmx320m", "-XX:MaxMetaspaceSize=256m"), JOB_MANAGER));
    }

    Part taskManager(int number) {
        List<String> memory = List.of(
                "-Xmx" + FlinkFiles.TASK_MANAGER_HEAP_MEGABYTES + "m",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:MaxDirectMemorySize=288m",
                "-Dorg.bytedeco.javacpp.maxbytes=128m");
        return part("taskmanager-" + number, flink.command(memory, TASK_MANAGER));
    }

    Part replica(int number) {
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--bootstrap-servers",
                addresses.kafka(),
                "--host",
                Addresses.HOST,
                "--port",
                Integer.toString(addresses.replicas().get(number - 1)),
                "--replica",
                replicaName(number),
                "--secret-file",
                home.resolve("secret").toString()));
        shape.replicaClient().forEach((key, value) -> arguments.addAll(List.of("--kafka", key + "=" + value)));
        return part(
                replicaName(number), own(List.of("-Xms128m", "-Xmx256m"), replicaName(number), MILLRACE, arguments));
    }

    static String replicaName(int number) {
        return "replica-" + number;
    }

    private Part part(String name, JavaCommand command) {
        String kind = OF_SEVERAL.matcher(name).replaceFirst("");
        ClassArchive classes = archives.computeIfAbsent(
                kind, unknown -> new ClassArchive(installation.classArchives(), kind, home.resolve("logs")));
        return new Part(name, command, classes, home.resolve("logs"));
    }

    private JavaCommand own(List<String> memory, String name, String mainClass, List<String> arguments) {
        List<String> options = new ArrayList<>(memory);
        options.add("-Dmillrace.log=" + home.resolve("logs").resolve(name + ".warnings.log"));
        return new JavaCommand(installation.ownClassPath(), options, mainClass, arguments);
    }
}
