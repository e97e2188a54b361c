package io.tidemark.query.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyEntryTest {
    private final List<String> faults = new ArrayList<>();

    @Test
    void bootstrapsAnOperatorOfNoTenant() {
        var entry = KeyEntry.bootstrap(" an-operator-key!\n", faults).orElseThrow();
        assertThat(entry.caller())
                .isEqualTo(new Caller(
                        Optional.empty(),
                        Set.of(Scope.ADMIN),
                        KeyHash.of("an-operator-key!").hex()));
        assertThat(entry.hash()).isEqualTo(KeyHash.of("an-operator-key!"));
        assertThat(entry.toString()).doesNotContain("an-operator-key");
        assertThat(KeyEntry.bootstrap(ApiKeyFormat.generate("live", new SecureRandom()), faults))
                .isPresent();
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifteen-letters", "sixteen letters!", "sechzehn-zeichen-ü", "tm_live_00000000_x"})
    void refusesABootstrapKeyThatCannotBeUsed(String key) {
        String given = key.startsWith("tm_") ? "tm_live_00000000_" + "0".repeat(49) : key;
        assertThat(KeyEntry.bootstrap(given, faults)).isEmpty();
        assertThat(faults)
                .singleElement()
                .asString()
                .startsWith("TIDEMARK_BOOTSTRAP_KEY")
                .doesNotContain(given);
    }
}
