package io.millrace.local.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The name of a replica that is given none: what it does, its host and its process. A process id alone tells no containers
 * apart: in each of them it is 1.
 */
final class ReplicaName {

    /** With a role of at most 16 characters and any process id, no name is longer than a replica's may be. */
    private static final int MAX_HOST = 60;

    private ReplicaName() {}

    static String ofThisProcess(String role) {
        return of(role, host(), ProcessHandle.current().pid());
    }

    static String of(String role, String host, long pid) {
        String plain = host.replaceAll("[^a-zA-Z0-9._-]", "-");
        // Containers and pods differ at the end of their names.
        String end = plain.substring(Math.max(0, plain.length() - MAX_HOST));
        return role + "-" + end + "-" + pid;
    }

    private static String host() {
        String name = System.getenv("HOSTNAME");
        if (name != null && !name.isBlank()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
