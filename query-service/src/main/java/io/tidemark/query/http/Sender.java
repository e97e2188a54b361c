package io.tidemark.query.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;

/**
 * Who sent a request, as far as those tell who are believed.
 *
 * @param address of the caller, or of the nearest proxy that does not say
 * @param outside where callers find this door, {@code https://usage.example.com}; empty where no proxy says
 */
record Sender(InetAddress address, Optional<String> outside) {
    /**
     * Goes back from the peer for as long as a trusted proxy tells the step before. What stands further left may be anybody's
     * invention. {@code Forwarded} counts where there is no {@code X-Forwarded-For}: most proxies write the latter and
     * hand the former on as the caller made it up.
     */
    static Sender of(Front front, InetAddress peer, HttpFields headers) {
        if (!front.trusts(peer)) {
            return new Sender(peer, Optional.empty());
        }
        List<Hop> hops = hops(headers);
        InetAddress address = peer;
        Optional<Hop> told = Optional.empty();
        for (int i = hops.size() - 1; i >= 0 && front.trusts(address); i--) {
            told = Optional.of(hops.get(i));
            Optional<InetAddress> before = hops.get(i).from();
            if (before.isEmpty()) {
                break;
            }
            address = before.get();
        }
        return new Sender(address, told.flatMap(hop -> outside(hop, headers)));
    }

    private static Optional<String> outside(Hop hop, HttpFields headers) {
        Optional<String> host = hop.host().or(() -> Hop.host(text(headers, "Host")));
        return hop.scheme().flatMap(scheme -> host.map(name -> scheme + "://" + name));
    }

    private static String text(HttpFields headers, String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }

    private static List<Hop> hops(HttpFields headers) {
        return headers.contains("X-Forwarded-For")
                ? separate(headers)
                : ForwardedHeader.hops(headers.getValuesList("Forwarded"));
    }

    private static List<Hop> separate(HttpFields headers) {
        List<String> from = list(headers, "X-Forwarded-For");
        var scheme = beside(from, list(headers, "X-Forwarded-Proto"));
        var host = beside(from, list(headers, "X-Forwarded-Host"));
        var hops = new ArrayList<Hop>();
        for (int i = 0; i < from.size(); i++) {
            hops.add(Hop.of(from.get(i), scheme.apply(i), host.apply(i)));
        }
        return hops;
    }

    /** Proxies add their addresses to a list, but mostly replace the rest: then the last one speaks for every step. */
    private static Function<Integer, String> beside(List<String> from, List<String> values) {
        return i -> values.isEmpty() ? "" : values.get(values.size() == from.size() ? i : values.size() - 1);
    }

    private static List<String> list(HttpFields headers, String name) {
        var values = new ArrayList<String>();
        for (String line : headers.getValuesList(name)) {
            for (String value : line.split(",", -1)) {
                values.add(value.strip());
            }
        }
        return values;
    }
}
