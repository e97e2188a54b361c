package io.tidemark.query.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class ApiKeyFormatTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void generatesKeysOfItsShape() {
        String key = ApiKeyFormat.generate("dev", random);
        assertThat(key).matches("tm_dev_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}");
        assertThat(ApiKeyFormat.checksumHolds(key)).isTrue();
        assertThat(ApiKeyFormat.generate("dev", random)).isNotEqualTo(key);
        assertThatThrownBy(() -> ApiKeyFormat.generate("my_env", random)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noticesEveryCharacterThatIsMistyped() {
        String key = ApiKeyFormat.generate("live", random);
        for (int i = 8; i < key.length(); i++) {
            char other = key.charAt(i) == 'x' ? 'y' : 'x';
            String mistyped = key.substring(0, i) + other + key.substring(i + 1);
            assertThat(ApiKeyFormat.checksumHolds(mistyped)).as(mistyped).isFalse();
        }
        assertThat(ApiKeyFormat.checksumHolds("")).isFalse();
        assertThat(ApiKeyFormat.checksumHolds("tm_live")).isFalse();
    }

    /** Keys outlive releases: the checksum of a key that was given out must hold for ever. */
    @Test
    void holdsForAKeyOfTheFirstRelease() {
        assertThat(ApiKeyFormat.checksumHolds(GOLDEN)).isTrue();
    }

    private static final String GOLDEN = "tm_test_00000000_00000000000000000000000000000000000000000003l1pw2";
}
