package io.tidemark.query.peers;

import io.tidemark.query.http.AddressRange;
import io.tidemark.streams.routing.PeerAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which addresses may be those of peers. Whoever may join the group can tell it any address as his own: nothing is ever sent to one that is not
 * allowed here. Names are resolved here and asked by the address that was looked at, so that a name cannot mean another one a moment later.
 *
 * @param ranges of addresses
 * @param names hosts, or ends of their names where they begin with a dot; lower case
 */
public record AllowedPeers(List<AddressRange> ranges, List<String> names) {
    /** This machine. */
    public static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");

    private static final Pattern NAME =
            Pattern.compile("\\.?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
    private static final int MOST_NAME = 253;

    public AllowedPeers {
        ranges = List.copyOf(ranges);
        names = List.copyOf(names);
    }

    /**
     * Reads ranges ({@code 10.0.0.0/8}), hosts ({@code tidemark-1}) and ends of names ({@code .tidemark.svc.cluster.local}).
     *
     * @param faults receives a sentence for each that is none of them
     */
    public static AllowedPeers parse(List<String> texts, List<String> faults) {
        var ranges = new ArrayList<AddressRange>();
        var names = new ArrayList<String>();
        for (String text : texts) {
            String one = text.strip().toLowerCase(Locale.ROOT);
            Optional<AddressRange> range = AddressRange.parse(one);
            if (range.isPresent()) {
                ranges.add(range.get());
            } else if (one.length() <= MOST_NAME && NAME.matcher(one).matches() && hasLetter(one)) {
                names.add(one);
            } else if (!one.isEmpty()) {
                faults.add(
                        "--peer-allow: '" + text
                                + "' is neither a range such as 10.0.0.0/8, nor a host, nor the end of names such as .svc.local");
            }
        }
        return new AllowedPeers(ranges, names);
    }

    private static boolean hasLetter(String name) {
        return name.chars().anyMatch(Character::isLetter);
    }

    /** Where to ask a peer, as a literal address; empty where nothing may be sent. Looks names up. */
    public Optional<URI> resolve(PeerAddress peer) {
        if (peer.port() < 1 || peer.port() > 65_535) {
            return Optional.empty();
        }
        String host = peer.host().toLowerCase(Locale.ROOT);
        boolean named = names.stream().anyMatch(name -> name.startsWith(".") ? host.endsWith(name) : host.equals(name));
        boolean literal = AddressRange.parse(host).isPresent() && !host.contains("/");
        if (!literal && !(NAME.matcher(host).matches() && hasLetter(host))) {
            return Optional.empty();
        }
        try {
            // A name that is not allowed as such is good if it leads to an address that is.
            InetAddress address = InetAddress.getByName(host.contains(":") ? "[" + host + "]" : host);
            boolean allowed = (named && !literal) || ranges.stream().anyMatch(range -> range.contains(address));
            return allowed && !isNobodys(address) ? Optional.of(uri(address, peer.port())) : Optional.empty();
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }

    /** No peer is found there: link-local addresses are those of clouds' metadata services. */
    private static boolean isNobodys(InetAddress address) {
        return address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress();
    }

    private static URI uri(InetAddress address, int port) {
        String literal = address.getHostAddress();
        return URI.create("http://" + (literal.contains(":") ? "[" + literal.replaceFirst("%.*", "") + "]" : literal)
                + ":" + port);
    }
}
