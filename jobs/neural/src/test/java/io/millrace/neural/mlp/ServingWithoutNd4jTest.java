package io.millrace.neural.mlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServingWithoutNd4jTest {

    @Test
    void oneStateNeedsNoNativeLibrary() throws Exception {
        try (var loader = new URLClassLoader(withoutNd4j(), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> loader.loadClass("org.nd4j.linalg.factory.Nd4j"))
                    .isInstanceOf(ClassNotFoundException.class);

            Class<?> serving = loader.loadClass(Serving.class.getName());
            assertThat(serving.getClassLoader()).isSameAs(loader);
            ((Runnable) serving.getConstructor().newInstance()).run();
        }
    }

    private static URL[] withoutNd4j() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : List.of(System.getProperty("java.class.path", "").split(File.pathSeparator))) {
            String name = new File(entry).getName();
            if (!name.startsWith("nd4j") && !name.startsWith("javacpp") && !name.startsWith("openblas")) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
