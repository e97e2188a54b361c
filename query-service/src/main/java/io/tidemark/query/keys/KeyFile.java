package io.tidemark.query.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file of hashes of keys: on each line {@code sha256-hex tenant scope[,scope…]}, comments after {@code #}. Any fault
 * refuses the whole file, because a key that silently does not work is found too late.
 */
public final class KeyFile {
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final List<KeyEntry> entries = new ArrayList<>();
    private final Set<KeyHash> seen = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    private KeyFile() {}

    /**
     * Reads a key file.
     *
     * @param faults receives everything that is wrong with it, by line
     */
    public static ApiKeys read(Path file, List<String> faults) {
        var read = new KeyFile();
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                read.line(i + 1, lines.get(i));
            }
            if (read.entries.isEmpty() && read.faults.isEmpty()) {
                read.faults.add("holds no key");
            }
        } catch (IOException unreadable) {
            read.faults.add("cannot be read as UTF-8 text: " + unreadable);
        }
        read.faults.forEach(fault -> faults.add("key file " + file + " " + fault));
        return new ApiKeys(read.entries);
    }

    private void line(int number, String line) {
        String content = line.replaceFirst("#.*", "").strip();
        if (!content.isEmpty()) {
            List<String> found = new ArrayList<>();
            entry(content.split("\\s+"), found);
            found.forEach(fault -> faults.add("line " + number + ": " + fault));
        }
    }

    private void entry(String[] parts, List<String> found) {
        if (parts.length != 3) {
            found.add("must read: sha256-hex tenant scope[,scope…]");
            return;
        }
        if (!HASH.matcher(parts[0]).matches()) {
            found.add("the hash must have 64 lower-case hexadecimal digits");
        } else if (!seen.add(new KeyHash(parts[0]))) {
            found.add("the hash stands on an earlier line too");
        }
        if (!TENANT.matcher(parts[1]).matches()) {
            found.add("not the name of a tenant: " + parts[1]);
        }
        Set<Scope> scopes = scopes(parts[2], found);
        if (found.isEmpty()) {
            entries.add(new KeyEntry(new KeyHash(parts[0]), new Caller(parts[1], scopes)));
        }
    }

    private static Set<Scope> scopes(String text, List<String> found) {
        var scopes = EnumSet.noneOf(Scope.class);
        for (String label : text.split(",", -1)) {
            Optional<Scope> scope = Scope.of(label);
            scope.ifPresentOrElse(scopes::add, () -> found.add("not a scope (ingest, read, write, admin): " + label));
        }
        return scopes;
    }
}
