package io.tidemark.streams.recount;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/**
 * The product with one bug in it: a class whose source has a line that is not as it is, compiled here and loaded before the product's own, for one
 * call. Nothing of this is in the product.
 *
 * @param source below the house's package, such as {@code pages/Page.java}
 * @param right the text that is replaced, of which there must be exactly one
 */
@NullMarked
record Planted(String source, String right, String wrong) {
    private static final Path SOURCES = Path.of("src/main/java/io/tidemark/streams");

    /** What the topology keeps after a seed's events. */
    List<String> lines(Path directory, long seed) throws ReflectiveOperationException, IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        compile(directory, classes);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new OwnFirst(classes)) {
            // Avro makes records of the classes that it finds by it.
            thread.setContextClassLoader(loader);
            Class<?> machine = Class.forName(MachinePages.class.getName(), true, loader);
            Object lines =
                    machine.getMethod("lines", Path.class, long.class).invoke(null, directory.resolve("state"), seed);
            return ((List<?>) lines).stream().map(String::valueOf).toList();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void compile(Path directory, Path classes) throws IOException {
        String text = Files.readString(SOURCES.resolve(source));
        int at = text.indexOf(right);
        if (at < 0 || text.indexOf(right, at + 1) >= 0) {
            throw new IllegalStateException(source + " does not have once: " + right);
        }
        Path changed = directory.resolve(Path.of(source).getFileName());
        Files.writeString(changed, text.replace(right, wrong));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int code = compiler.run(
                null, null, null, "-proc:none", "-d", classes.toString(), "-cp", classPath(), changed.toString());
        if (code != 0) {
            throw new IllegalStateException(changed + " does not compile");
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Takes what is ours from its own directory and the class path anew, all else from who loaded this. */
    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(Path classes) {
            super(urls(classes), Planted.class.getClassLoader());
        }

        private static URL[] urls(Path classes) {
            var urls = new ArrayList<URL>();
            urls.add(url(classes));
            for (String entry : classPath().split(java.io.File.pathSeparator, -1)) {
                urls.add(url(Path.of(entry)));
            }
            return urls.toArray(URL[]::new);
        }

        private static URL url(Path path) {
            try {
                return path.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("io.tidemark.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
