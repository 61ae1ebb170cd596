package io.millrace.local.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys and self-signed certificates, made with the JDK's keytool, of parts that trust each other. */
public final class Certificates {

    static final String PASSWORD = "only-for-tests";

    private final Path directory;

    private Certificates(Path directory) {
        this.directory = directory;
    }

    /** A key store for each name, and one trust store with all of them. */
    public static Certificates of(Path directory, String... names) throws IOException, InterruptedException {
        var certificates = new Certificates(directory);
        for (String name : names) {
            String exported = directory.resolve(name + ".crt").toString();
            String keys = certificates.keyStore(name).toString();
            keytool(
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-validity",
                    "2",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "SAN=IP:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    keys,
                    "-storepass",
                    PASSWORD);
            keytool("-exportcert", "-alias", name, "-keystore", keys, "-storepass", PASSWORD, "-file", exported);
            keytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    name,
                    "-file",
                    exported,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    certificates.trustStore().toString(),
                    "-storepass",
                    PASSWORD);
        }
        return certificates;
    }

    Path keyStore(String name) {
        return directory.resolve(name + ".p12");
    }

    Path trustStore() {
        return directory.resolve("trust.p12");
    }

    /** Lines of a Kafka client's properties that prove this name. */
    public List<String> client(String name) {
        var lines = new ArrayList<>(trust());
        lines.add("security.protocol=SSL");
        lines.add("ssl.keystore.type=PKCS12");
        lines.add("ssl.keystore.location=" + keyStore(name));
        lines.add("ssl.keystore.password=" + PASSWORD);
        return lines;
    }

    /** Lines of a Kafka client's properties that believe the broker. */
    public List<String> trust() {
        return List.of(
                "ssl.truststore.type=PKCS12",
                "ssl.truststore.location=" + trustStore(),
                "ssl.truststore.password=" + PASSWORD);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("keytool: " + printed);
        }
    }
}
