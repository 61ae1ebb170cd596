package io.millrace.local.learning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The newest complete checkpoint that an earlier job left in a directory: {@code <job>/chk-<n>}, with its metadata. */
final class RetainedCheckpoint {

    private static final String METADATA = "_metadata";
    private static final int DEPTH_OF_METADATA = 3;

    private RetainedCheckpoint() {}

    static Optional<Path> newestIn(Path stateDirectory) {
        if (!Files.isDirectory(stateDirectory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(
                stateDirectory,
                DEPTH_OF_METADATA,
                (path, attributes) -> attributes.isRegularFile() && path.endsWith(METADATA))) {
            return files.max(Comparator.comparing(RetainedCheckpoint::modifiedAt))
                    .map(Path::getParent);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoints: expected a readable directory, found: " + e + " (" + stateDirectory + ")", e);
        }
    }

    private static FileTime modifiedAt(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
