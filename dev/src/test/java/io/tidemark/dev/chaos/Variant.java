package io.tidemark.dev.chaos;

import io.tidemark.query.Main;
import java.nio.file.Path;
import java.util.List;

/**
 * What the instances of a cluster run: what is shipped, or, as a control, something that is broken on purpose.
 *
 * @param classPathFirst comes before the product's classes
 */
record Variant(String main, List<Path> classPathFirst) {
    static final Variant SHIPPED = new Variant(Main.class.getName(), List.of());
}
