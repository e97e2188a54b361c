package io.tidemark.dev.chaos;

import static java.util.Objects.requireNonNull;

import io.tidemark.dev.fixtures.ChildJava;
import io.tidemark.query.Main;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * What the instances of a cluster run: what is shipped, or, as a control, something that is broken on purpose. Nothing of this
 * is in the product: one is started around its command line, of the other a class is replaced on the class path of the process.
 *
 * @param classPathFirst comes before the product's classes
 */
record Variant(String main, List<Path> classPathFirst) {
    static final Variant SHIPPED = new Variant(Main.class.getName(), List.of());
    static final Variant AT_LEAST_ONCE = new Variant(AtLeastOnceMain.class.getName(), List.of());

    /** Compiles what takes the place of the product's class. */
    static Variant withoutDedupe(Path directory) throws IOException, URISyntaxException {
        Files.createDirectories(directory);
        var controls =
                Path.of(requireNonNull(Variant.class.getResource("/controls")).toURI());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> sources = Files.walk(controls)) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                int code = compiler.run(
                        null, null, null, "-d", directory.toString(), "-cp", ChildJava.ofTests(), source.toString());
                if (code != 0) {
                    throw new IllegalStateException(source + " does not compile");
                }
            }
        }
        return new Variant(Main.class.getName(), List.of(directory));
    }
}
