package io.tidemark.query.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Forwarded}, as RFC 7239 writes it. */
final class ForwardedHeader {
    private static final Pattern PAIR =
            Pattern.compile("\\G[ \\t]*([A-Za-z]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\"\\s,;]*))[ \\t]*(;|,|$)");

    private ForwardedHeader() {}

    /**
     * The steps it tells, the first one first. None at all where any part cannot be read: a quote that a caller left open
     * would hide what the proxies after it have said.
     */
    static List<Hop> hops(List<String> values) {
        var hops = new ArrayList<Hop>();
        String all = String.join(",", values);
        Matcher pair = PAIR.matcher(all);
        var parts = new HashMap<String, String>();
        int end = 0;
        while (end < all.length() && pair.find()) {
            parts.put(pair.group(1).toLowerCase(Locale.ROOT), value(pair));
            end = pair.end();
            if (!pair.group(4).equals(";")) {
                hops.add(hop(parts));
                parts.clear();
            }
        }
        return end < all.length() || !parts.isEmpty() ? List.of() : hops;
    }

    private static String value(Matcher pair) {
        String quoted = pair.group(2);
        return quoted == null ? pair.group(3) : quoted.replaceAll("\\\\(.)", "$1");
    }

    private static Hop hop(Map<String, String> parts) {
        return Hop.of(parts.getOrDefault("for", ""), parts.getOrDefault("proto", ""), parts.getOrDefault("host", ""));
    }
}
