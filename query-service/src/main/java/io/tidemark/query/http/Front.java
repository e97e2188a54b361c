package io.tidemark.query.http;

import java.net.InetAddress;
import java.util.List;

/**
 * What stands before the door, and what is told of each request.
 *
 * @param trustedProxies those whose word is taken for who called, by which scheme and host; nobody's, unless named
 * @param accessLog whether each request is one line of the log {@code tidemark.access}
 */
public record Front(List<AddressRange> trustedProxies, boolean accessLog) {
    /**
     * No proxy is trusted, and nothing is told: paths name customers, so that whoever wants them in a log should have said
     * so, and a proxy mostly writes one already.
     */
    public static final Front DEFAULT = new Front(List.of(), false);

    public Front {
        trustedProxies = List.copyOf(trustedProxies);
    }

    boolean trusts(InetAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }
}
