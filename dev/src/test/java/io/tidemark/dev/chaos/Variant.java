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
 * @param options of {@code serve}, beside those that all have
 * @param hasOwnCore whether an instance is kept to one core of its own, as far as they go round
 */
record Variant(String main, List<Path> classPathFirst, List<String> options, boolean hasOwnCore) {
    private static final Path TASKSET = Path.of("/usr/bin/taskset");
    static final Variant SHIPPED = new Variant(Main.class.getName(), List.of(), List.of(), false);
    static final Variant AT_LEAST_ONCE = new Variant(AtLeastOnceMain.class.getName(), List.of(), List.of(), false);
    /**
     * Each instance has one core, as each would have a machine: one that starts takes none of what the others need to answer. The broker and who
     * asks still share all cores with them. Where {@code taskset} is missing, each takes one thread all the same.
     */
    static final Variant A_CORE_EACH = new Variant(Main.class.getName(), List.of(), List.of("--threads", "1"), true);

    /** What the command of an instance begins with. */
    List<String> before(int number) {
        int cores = Runtime.getRuntime().availableProcessors();
        return hasOwnCore && number < cores && Files.isExecutable(TASKSET)
                ? List.of(TASKSET.toString(), "-c", String.valueOf(number))
                : List.of();
    }

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
        return new Variant(Main.class.getName(), List.of(directory), List.of(), false);
    }
}
