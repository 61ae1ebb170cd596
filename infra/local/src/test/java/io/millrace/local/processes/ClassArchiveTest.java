package io.millrace.local.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassArchiveTest {

    private static final String LISTED = "io/millrace/NoSuchClass id: 0";

    @TempDir
    private Path directory = Path.of("");

    private Path archives = Path.of("");

    private Path logs = Path.of("");

    private Path jar = Path.of("");

    @BeforeEach
    void createDirectories() throws IOException {
        archives = directory.resolve("archives");
        logs = Files.createDirectory(directory.resolve("logs"));
        // Of some library: a JVM shares the classes of a jar that it can open.
        String library = Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .findFirst()
                .orElseThrow();
        jar = Files.copy(Path.of(library), directory.resolve("library.jar"));
    }

    @Test
    void aClassPathIsSharedUpToWhatIsNoJar() {
        String path = String.join(File.pathSeparator, "/lib/a.jar", "/lib/b.jar", "/classes", "/lib/c.jar");

        assertThat(ClassArchive.jars(path)).isEqualTo("/lib/a.jar" + File.pathSeparator + "/lib/b.jar");
        assertThat(ClassArchive.jars("/classes")).isEmpty();
    }

    @Test
    void theFirstProcessOfAKindListsWhatItLoads() {
        ClassArchive classes = new ClassArchive(archives, "part", logs);

        assertThat(classes.options(command()))
                .containsExactly("-XX:DumpLoadedClassList=" + logs.resolve("part.classes"));
        assertThat(classes.options(command())).isEmpty();
    }

    @Test
    void aClassPathWithoutJarsIsLeftAlone() {
        JavaCommand command = new JavaCommand("/classes", List.of(), "Main", List.of());

        assertThat(new ClassArchive(archives, "part", logs).options(command)).isEmpty();
    }

    @Test
    void processesThatStartLaterUseTheArchiveUntilAJarChanges() throws IOException {
        Files.writeString(logs.resolve("part.classes"), LISTED + "\n");
        new ClassArchive(archives, "part", logs).make(command());

        ClassArchive classes = new ClassArchive(archives, "part", logs);
        List<String> options = classes.options(command());
        assertThat(options).hasSize(2).last().isEqualTo("-Xshare:auto");
        assertThat(options.get(0)).startsWith("-XX:SharedArchiveFile=" + archives.resolve("part-"));

        Path ignored = Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        assertThat(classes.options(command())).first().asString().startsWith("-XX:DumpLoadedClassList=");
    }

    @Test
    void onlyTheNewestArchiveIsKept() throws IOException {
        Files.createDirectories(archives);
        Files.createFile(archives.resolve("part-00000000.jsa"));
        Files.createFile(archives.resolve("other-00000000.jsa"));
        Files.writeString(logs.resolve("part.classes"), LISTED + "\n");

        new ClassArchive(archives, "part", logs).make(command());

        try (Stream<Path> left = Files.list(archives)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .hasSize(2)
                    .contains("other-00000000.jsa")
                    .doesNotContain("part-00000000.jsa");
        }
    }

    @Test
    void whatCannotBeArchivedIsDoneWithout() throws IOException {
        Files.createFile(archives);
        Files.writeString(logs.resolve("part.classes"), LISTED + "\n");
        ClassArchive classes = new ClassArchive(archives, "part", logs);

        classes.make(command());

        assertThat(classes.options(command())).first().asString().startsWith("-XX:DumpLoadedClassList=");
    }

    private JavaCommand command() {
        return new JavaCommand(jar.toString(), List.of(), "Main", List.of());
    }
}
