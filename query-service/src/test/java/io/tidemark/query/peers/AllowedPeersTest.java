package io.tidemark.query.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.routing.PeerAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class AllowedPeersTest {

    private static AllowedPeers allowed(String... texts) {
        var faults = new ArrayList<String>();
        var parsed = AllowedPeers.parse(List.of(texts), faults);
        assertThat(faults).isEmpty();
        return parsed;
    }

    @Test
    void looksAtAddressesAndAtNames() {
        AllowedPeers some = allowed("10.1.0.0/16", "localhost", ".cluster.local", "::1");
        assertThat(some.resolve(new PeerAddress("10.1.2.3", 81))).contains(URI.create("http://10.1.2.3:81"));
        assertThat(some.resolve(new PeerAddress("::1", 81))).contains(URI.create("http://[0:0:0:0:0:0:0:1]:81"));
        assertThat(some.resolve(new PeerAddress("LOCALHOST", 81))).isPresent();
        assertThat(some.resolve(new PeerAddress("10.2.2.3", 81))).isEmpty();
        assertThat(some.resolve(new PeerAddress("127.0.0.1", 81))).isEmpty();
    }

    @Test
    void believesANameThatLeadsToAnAllowedAddress() {
        assertThat(allowed("127.0.0.0/8").resolve(new PeerAddress("localhost", 81)))
                .contains(URI.create("http://127.0.0.1:81"));
    }

    @Test
    void isNotLedToPlacesWhereNoPeerIs() {
        AllowedPeers everything = allowed("0.0.0.0/0", "::/0");
        for (String host :
                List.of("169.254.169.254", "0.0.0.0", "224.0.0.1", "fe80::1", "::", "a b", "x/y", "", "1.2.3")) {
            assertThat(everything.resolve(new PeerAddress(host, 80))).as(host).isEmpty();
        }
        assertThat(everything.resolve(new PeerAddress("10.0.0.1", 0))).isEmpty();
        assertThat(everything.resolve(new PeerAddress("10.0.0.1", 65_536))).isEmpty();
        assertThat(everything.resolve(new PeerAddress("10.0.0.1", 80))).isPresent();
    }

    @Test
    void saysWhatCannotBeMeant() {
        var faults = new ArrayList<String>();
        AllowedPeers.parse(List.of("10.0.0.1/8", "http://x", "", "..", "300.1.1.1"), faults);
        assertThat(faults).hasSize(4).allMatch(fault -> fault.startsWith("--peer-allow: '"));
    }
}
