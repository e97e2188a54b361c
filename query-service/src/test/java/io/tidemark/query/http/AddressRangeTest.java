package io.tidemark.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, 11.0.0.1",
        "192.168.1.64/26, 192.168.1.127, 192.168.1.128",
        "127.0.0.1, 127.0.0.1, 127.0.0.2",
        "0.0.0.0/0, 203.0.113.9, 2001:db8::1",
        "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::1",
        "::1, ::1, 127.0.0.1",
        "::/0, fe80::1, 127.0.0.1",
        "10.0.0.0/8, ::ffff:10.1.2.3, ::ffff:11.1.2.3"
    })
    void containsWhatBeginsAlike(String text, String within, String outside) {
        AddressRange range = AddressRange.parse(text).orElseThrow();
        assertThat(range.contains(AddressRange.literal(within).orElseThrow())).isTrue();
        assertThat(range.contains(AddressRange.literal(outside).orElseThrow())).isFalse();
    }

    /** A host name would be looked up, and a short or octal form be read in another way than it was meant. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10",
                "10.1",
                "10.0.0.0.0",
                "010.0.0.1",
                "256.0.0.1",
                "10.0.0.1/",
                "10.0.0.1/33",
                "10.0.0.1/8",
                "::1/129",
                "2001:db8::1/32",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "[::1]",
                "fe80::1%1",
                ":::",
                "dead.beef",
                "1.2.3.4 "
            })
    void isNothingElse(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    @Test
    void isSoundHoweverItIsMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AddressRange(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), 8));
        assertThat(AddressRange.parse("10.0.0.0/8").orElseThrow()).hasToString("10.0.0.0/8");
    }
}
