package io.tidemark.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxies of these tests are 10.0.0.0/8 and fd00::/8. */
final class SenderTest {
    private static final Front FRONT = new Front(
            Stream.of("10.0.0.0/8", "fd00::/8")
                    .map(range -> AddressRange.parse(range).orElseThrow())
                    .toList(),
            false);

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9", "2001:db8::9", "127.0.0.1"})
    void isWhoeverConnectsWhereNobodyTrustsIt(String peer) {
        for (String header : List.of("X-Forwarded-For", "Forwarded")) {
            Sender sender = sender(
                    peer, header, "for=198.51.100.7;proto=https;host=evil.example", "X-Forwarded-For", "10.0.0.1");
            assertThat(sender).isEqualTo(new Sender(address(peer), Optional.empty()));
        }
        assertThat(Sender.of(Front.DEFAULT, address("10.0.0.1"), HttpFields.from())
                        .address())
                .isEqualTo(address("10.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 203.0.113.9",
                "203.0.113.9:4711 | 203.0.113.9",
                "[2001:db8::9]:4711 | 2001:db8::9",
                "2001:db8::9 | 2001:db8::9",
                // What stands left of the first stranger is the stranger's invention.
                "198.51.100.7, 203.0.113.9 | 203.0.113.9",
                "10.9.9.9, 203.0.113.9 | 203.0.113.9",
                "198.51.100.7, 203.0.113.9, 10.0.0.2 | 203.0.113.9",
                "198.51.100.7,203.0.113.9 ,fd00::2,10.0.0.2 | 203.0.113.9",
                // All of them are ours: the first of them called.
                "10.0.0.4, 10.0.0.3 | 10.0.0.4",
                // Who does not say who called, stands for the caller.
                "198.51.100.7, unknown | 10.0.0.1",
                "198.51.100.7, unknown, 10.0.0.3 | 10.0.0.3",
                "198.51.100.7, | 10.0.0.1",
                "not an address | 10.0.0.1",
                "localhost | 10.0.0.1",
                "203.0.113.9%0a | 10.0.0.1"
            })
    void isTheLastStrangerOnTheWay(String chain, String caller) {
        assertThat(sender("10.0.0.1", "X-Forwarded-For", chain).address()).isEqualTo(address(caller));
        String forwarded = String.join(
                ", ",
                Stream.of(chain.split(",", -1))
                        .map(one -> "for=\"" + one.strip() + "\"")
                        .toList());
        assertThat(sender("10.0.0.1", "Forwarded", forwarded).address()).isEqualTo(address(caller));
    }

    @Test
    void isToldInOneLineOrInSeveral() {
        assertThat(sender("fd00::1", "X-Forwarded-For", "198.51.100.7", "X-Forwarded-For", "203.0.113.9")
                        .address())
                .isEqualTo(address("203.0.113.9"));
        assertThat(sender("fd00::1", "Forwarded", "for=198.51.100.7", "Forwarded", "for=203.0.113.9;proto=https")
                        .address())
                .isEqualTo(address("203.0.113.9"));
    }

    /** An open quote in what a caller sent would else swallow what the proxy added. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=\"198.51.100.7, for=203.0.113.9",
                "for=198.51.100.7;, for=203.0.113.9 x",
                "for",
                ";",
                "=1",
                "for=203.0.113.9;"
            })
    void isThePeerWhereForwardedCannotBeRead(String broken) {
        assertThat(sender("10.0.0.1", "Forwarded", broken))
                .isEqualTo(new Sender(address("10.0.0.1"), Optional.empty()));
    }

    /** Most proxies write X-Forwarded-For and hand on whatever else they are given. */
    @Test
    void isNotWhomTheOtherHeaderNames() {
        Sender sender = sender(
                "10.0.0.1",
                "Forwarded",
                "for=198.51.100.7;proto=https;host=evil.example",
                "X-Forwarded-For",
                "203.0.113.9");
        assertThat(sender).isEqualTo(new Sender(address("203.0.113.9"), Optional.empty()));
    }

    @Test
    void findsTheDoorWhereItsProxySays() {
        assertThat(outside(
                        "X-Forwarded-For",
                        "203.0.113.9",
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "a.example"))
                .hasValue("https://a.example");
        assertThat(outside("X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "HTTPS", "Host", "b.example:8443"))
                .hasValue("https://b.example:8443");
        assertThat(outside("Forwarded", "For=\"[2001:db8::9]:1\";Proto=https;Host=\"c.example:1\"; by=10.0.0.1"))
                .hasValue("https://c.example:1");
        // Of two proxies the one that met the caller knows, where each has added its word.
        assertThat(outside(
                        "X-Forwarded-For",
                        "203.0.113.9, 10.0.0.2",
                        "X-Forwarded-Proto",
                        "https, http",
                        "X-Forwarded-Host",
                        "d.example, inner"))
                .hasValue("https://d.example");
        assertThat(outside(
                        "X-Forwarded-For",
                        "198.51.100.7, 203.0.113.9",
                        "X-Forwarded-Proto",
                        "http, https",
                        "Host",
                        "e"))
                .hasValue("https://e");
    }

    @Test
    void findsItNowhereWhereNothingSoundIsSaid() {
        assertThat(outside("X-Forwarded-For", "203.0.113.9", "Host", "a.example"))
                .isEmpty();
        assertThat(outside("X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "gopher", "Host", "a.example"))
                .isEmpty();
        assertThat(outside(
                        "X-Forwarded-For",
                        "203.0.113.9",
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "a.example/evil",
                        "Host",
                        "<b>"))
                .isEmpty();
    }

    private static Optional<String> outside(String... headers) {
        return sender("10.0.0.1", headers).outside();
    }

    private static Sender sender(String peer, String... headers) {
        var fields = HttpFields.build();
        for (int i = 0; i < headers.length; i += 2) {
            fields.add(headers[i], headers[i + 1]);
        }
        return Sender.of(FRONT, address(peer), fields);
    }

    private static java.net.InetAddress address(String text) {
        return AddressRange.literal(text).orElseThrow();
    }
}
