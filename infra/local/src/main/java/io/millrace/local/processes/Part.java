package io.millrace.local.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process of a cluster: started, killed, paused, started again. What it prints is appended to one file. One thread. */
public final class Part {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TAIL_LINES = 30;

    private final String name;
    private final JavaCommand command;
    private final ClassArchive classes;
    private final Path directory;
    private @Nullable Process process;

    Part(String name, JavaCommand command, ClassArchive classes, Path directory) {
        this.name = name;
        this.command = command;
        this.classes = classes;
        this.directory = directory;
    }

    public String name() {
        return name;
    }

    /** What it has printed. */
    public Path log() {
        return directory.resolve(name + ".log");
    }

    /** Starts it; does not wait until it is ready. */
    public void start() {
        if (alive()) {
            throw new IllegalStateException(name + ": expected no process, found one that runs");
        }
        ProcessBuilder builder = new ProcessBuilder(command.words(classes.options(command)))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started: " + e.getMessage(), e);
        }
    }

    /** Lets further starts find the classes that the first has loaded; see {@link ClassArchive}. */
    void archiveClasses() {
        classes.make(command);
    }

    public boolean alive() {
        return process != null && process.isAlive();
    }

    /** {@code kill -9}: it can do nothing more, not even close a connection. Returns when it is gone. */
    public void kill() {
        Process running = running();
        running.destroyForcibly();
        awaitEnd(running);
    }

    /**
     * SIGSTOP now and SIGCONT after {@code length}: the process hears and says nothing meanwhile, and then goes on as if no
     * time had passed. A shell does it, which also wakes the process where this one has ended in between.
     */
    public void pause(Duration length) {
        long pid = running().pid();
        String seconds = Double.toString(length.toMillis() / 1e3);
        run("kill -STOP " + pid);
        start("sleep " + seconds + "; kill -CONT " + pid);
    }

    /** Asks it to end, and makes it when it does not. */
    public void stop() {
        Process running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it without waiting, whatever it does. */
    void destroy() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Waits until it is gone, for a while; whatever then is left is not waited for. */
    void awaitDestroyed() {
        if (process != null) {
            try {
                boolean ignored = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The newest lines that it has printed, for whoever has to find out why it failed. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private Process running() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException(name + ": expected a process that runs, found none\n" + lastWords());
        }
        return process;
    }

    private void run(String script) {
        awaitEnd(start(script));
    }

    private Process start(String script) {
        try {
            return new ProcessBuilder("sh", "-c", script)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": could not run '" + script + "': " + e.getMessage(), e);
        }
    }

    private void awaitEnd(Process ending) {
        try {
            if (!ending.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(name + ": expected the process to be gone within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + ": interrupted while waiting for its end", e);
        }
    }
}
