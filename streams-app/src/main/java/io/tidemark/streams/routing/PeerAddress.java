package io.tidemark.streams.routing;

/**
 * Where another instance can be asked, as it told the group.
 *
 * @param host a name or an address, not yet believed
 */
public record PeerAddress(String host, int port) implements Comparable<PeerAddress> {

    @Override
    public int compareTo(PeerAddress other) {
        int byHost = host.compareTo(other.host);
        return byHost == 0 ? Integer.compare(port, other.port) : byHost;
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
