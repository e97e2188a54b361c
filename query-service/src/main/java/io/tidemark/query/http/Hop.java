package io.tidemark.query.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step on the way of a request, as the proxy that took it tells.
 *
 * @param from where it came from; empty where the proxy does not say, or says what is no address
 * @param scheme by which it came
 * @param host that it asked for, with the port if it named one
 */
record Hop(Optional<InetAddress> from, Optional<String> scheme, Optional<String> host) {
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[([^\\]]*)\\](?::\\d{1,5})?");
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):\\d{1,5}");
    /** What may stand in an answer's header: a name, or an address, and a port. */
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::\\d{1,5})?");

    /** As they were written; what is not what it should be, is not there. */
    static Hop of(String from, String scheme, String host) {
        return new Hop(
                address(from), Optional.of(scheme.toLowerCase(Locale.ROOT)).filter(Hop::isScheme), host(host));
    }

    static Optional<String> host(String text) {
        return Optional.of(text).filter(host -> HOST.matcher(host).matches());
    }

    private static boolean isScheme(String text) {
        return text.equals("http") || text.equals("https");
    }

    private static Optional<InetAddress> address(String node) {
        Matcher bracketed = IN_BRACKETS.matcher(node);
        if (bracketed.matches()) {
            return AddressRange.literal(bracketed.group(1));
        }
        Matcher ported = WITH_PORT.matcher(node);
        return AddressRange.literal(ported.matches() ? ported.group(1) : node);
    }
}
