package io.tidemark.query.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFileTest {
    /** printf %s opaque-operator-key | sha256sum */
    private static final String HASH = KeyHash.of("opaque-operator-key").hex();

    @TempDir
    private Path directory = Path.of("");

    private final List<String> faults = new ArrayList<>();

    @Test
    void findsTheCallerOfAKeyByItsHash() throws Exception {
        ApiKeys keys = read("# the keys\n\n  " + HASH + "  acme  read,admin  # of operations\n");
        assertThat(faults).isEmpty();
        assertThat(keys.find("opaque-operator-key")).hasValue(new Caller("acme", Set.of(Scope.READ, Scope.ADMIN)));
        assertThat(keys.find("opaque-operator-kez")).isEmpty();
        assertThat(keys.find(HASH)).isEmpty();
        assertThat(keys.find("")).isEmpty();
        assertThat(keys.tenants()).containsExactly("acme");
    }

    @Test
    void takesNoKeyThatIsShortOrMistyped() throws Exception {
        String mistyped = "tm_dev_00000000_" + "0".repeat(49);
        ApiKeys keys = read(KeyHash.of("short").hex() + " acme read\n"
                + KeyHash.of(mistyped).hex() + " acme read\n"
                + KeyHash.of("x".repeat(16)).hex() + " acme read\n");
        assertThat(keys.find("short")).isEmpty();
        assertThat(keys.find(mistyped)).isEmpty();
        assertThat(keys.find("x".repeat(16))).isPresent();
    }

    @Test
    void listsAllFaultsByLine() throws Exception {
        ApiKeys keys = read(HASH + " acme read\n" + HASH + " acme read\nxyz Acme read,fly,\n"
                + HASH.toUpperCase(Locale.ROOT) + " acme\n");
        assertThat(faults)
                .satisfiesExactly(
                        fault -> assertThat(fault).contains("line 2", "earlier line"),
                        fault -> assertThat(fault).contains("line 3", "64"),
                        fault -> assertThat(fault).contains("line 3", "tenant"),
                        fault -> assertThat(fault).contains("line 3", "fly"),
                        fault -> assertThat(fault).contains("line 3", "not a scope"),
                        fault -> assertThat(fault).contains("line 4", "must read"));
        assertThat(keys.tenants()).containsExactly("acme");
    }

    @Test
    void isAFaultWhenEmptyOrAbsent() throws Exception {
        read("# nothing\n");
        KeyFile.read(directory.resolve("absent"), faults);
        assertThat(faults).hasSize(2);
    }

    private ApiKeys read(String content) throws Exception {
        return KeyFile.read(Files.writeString(directory.resolve("keys"), content), faults);
    }
}
