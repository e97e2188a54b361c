package io.tidemark.streams.tracing;

import io.tidemark.streams.originals.Contents;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field that two records of one identity say differently.
 *
 * @param first what the record says that was counted; null where it says nothing
 * @param here what the other says
 */
public record Difference(
        String field, @Nullable Object first, @Nullable Object here) {
    private static final Set<String> IDENTITY = Set.of("tenant_id", "external_customer_id", "source", "id");

    /**
     * All in which they differ beside their identity. What says nothing, by null, zero or emptiness, is the same as what is not there: so it is
     * for the content hash too.
     */
    static List<Difference> between(Contents first, Contents here) {
        if (!(first instanceof Contents.Said one && here instanceof Contents.Said other)) {
            return List.of();
        }
        var names = new LinkedHashSet<String>(one.fields().keySet());
        names.addAll(other.fields().keySet());
        names.removeAll(IDENTITY);
        var differences = new ArrayList<Difference>();
        for (String name : names) {
            Object was = one.fields().get(name);
            Object is = other.fields().get(name);
            if (!Objects.equals(plain(was), plain(is))) {
                differences.add(new Difference(name, was, is));
            }
        }
        return differences;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        boolean nothing = value == null
                || value.equals("")
                || value.equals("0")
                || value.equals(0L)
                || (value instanceof Map<?, ?> map && map.isEmpty());
        return nothing ? null : value;
    }
}
