package io.millrace.local.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that is somebody's to keep, or a temporary one that is deleted on close. */
public final class WorkingDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkingDirectory.class);

    /** In a directory that may be deleted as soon as nobody holds its lock. */
    private static final String TEMPORARY = "millrace.temporary";

    private final Path path;
    private final boolean temporary;
    private Optional<DirectoryLock> lock = Optional.empty();

    private WorkingDirectory(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /**
     * The given directory, made when it is missing, or else a temporary one.
     *
     * @throws IllegalArgumentException when it is a file
     * @throws UncheckedIOException when it cannot be made
     */
    public static WorkingDirectory of(Optional<Path> kept, String temporaryPrefix) {
        kept.filter(path -> Files.exists(path) && !Files.isDirectory(path)).ifPresent(file -> {
            throw new IllegalArgumentException(
                    "data directory: expected a directory or none yet, found a file (" + file + ")");
        });
        try {
            return kept.isPresent()
                    ? new WorkingDirectory(Files.createDirectories(kept.get()).toRealPath(), false)
                    : new WorkingDirectory(
                            Files.createTempDirectory(temporaryPrefix).toRealPath(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "data directory: expected one that can be made and written, found: " + e
                            + kept.map(path -> " (" + path + ")").orElse(""),
                    e);
        }
    }

    /**
     * Keeps other processes off it until it is closed. A temporary one whose process was killed is deleted by the next that
     * locks a temporary one beside it.
     *
     * @throws IllegalStateException when one has it already
     */
    public WorkingDirectory locked() {
        if (temporary) {
            deleteAbandoned();
        }
        lock = Optional.of(DirectoryLock.of(path));
        if (temporary) {
            try {
                // Only now: one that is not locked yet must not be taken for abandoned.
                Files.createFile(path.resolve(TEMPORARY));
            } catch (IOException e) {
                throw new UncheckedIOException("data directory: expected one that can be written, found: " + e, e);
            }
        }
        return this;
    }

    private void deleteAbandoned() {
        try (Stream<Path> beside = Files.list(path.resolveSibling(""))) {
            beside.filter(other -> !other.equals(path) && Files.exists(other.resolve(TEMPORARY)))
                    .forEach(WorkingDirectory::deleteIfAbandoned);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Could not look for abandoned directories beside {}: {}", path, e.toString());
        }
    }

    private static void deleteIfAbandoned(Path directory) {
        try {
            DirectoryLock.of(directory).close();
            delete(directory);
        } catch (IllegalStateException inUse) {
            LOG.debug("{} is in use", directory);
        } catch (UncheckedIOException e) {
            LOG.warn("Could not delete the abandoned directory {}: {}", directory, e.toString());
        }
    }

    /**
     * Insists that nothing is in it: what is found there would be taken for its own.
     *
     * @throws IllegalArgumentException when something is
     */
    public WorkingDirectory empty() {
        try (Stream<Path> files = Files.list(path)) {
            files.findAny().ifPresent(file -> {
                throw new IllegalArgumentException("data directory: expected an empty one, found " + file
                        + "; give another directory, or delete what is in it");
            });
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("data directory: expected one that can be read, found: " + e, e);
        }
    }

    public Path path() {
        return path;
    }

    public boolean temporary() {
        return temporary;
    }

    @Override
    public void close() {
        lock.ifPresent(DirectoryLock::close);
        if (temporary) {
            try {
                delete(path);
            } catch (UncheckedIOException e) {
                LOG.warn("Could not delete the temporary directory {}: {}", path, e.toString());
            }
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
