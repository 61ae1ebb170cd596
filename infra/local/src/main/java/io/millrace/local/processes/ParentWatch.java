package io.millrace.local.processes;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class in a process that ends when its parent does, however that ends: the parent holds the other end of
 * this process's standard input. Uses nothing but the JDK, so that a Flink process can have this class and no other of
 * Millrace's.
 */
public final class ParentWatch {

    /** As after SIGTERM. */
    private static final int ENDED = 143;

    private ParentWatch() {}

    /** The main class's name, and its arguments. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread watch = new Thread(ParentWatch::endWithParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        String[] passedOn = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            Object ignored = Class.forName(arguments[0])
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) passedOn);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            (cause == null ? e : cause).printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent says nothing; only that it is there.
            }
        } catch (IOException e) {
            System.err.println("standard input: " + e);
        }
        Runtime.getRuntime().halt(ENDED);
    }
}
