package io.tidemark.query.peers;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a call before its body, all of it under the signature.
 *
 * @param target the instance it is meant for, as that advertises itself: nobody else may be sent the same call
 * @param hop how many instances it has come through; more than one is refused
 * @param atMostMillis until when the caller waits, from when it asks
 * @param timeMillis when it was signed, since 1970-01-01T00:00Z by the caller's clock
 * @param sender 32 digits, made anew by each process
 * @param counter greater than in all calls before of the same sender
 * @param bodyHash SHA-256 of the body, 64 digits
 */
record SignedCall(
        String target, int hop, long atMostMillis, long timeMillis, String sender, long counter, String bodyHash) {
    static final String HEADER = "Tidemark-Peer";
    static final String ANSWER_HEADER = "Tidemark-Peer-Answer";

    private static final Pattern SENDER = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,300}");
    private static final int LONGEST = 1000;

    /** What is signed. No field can hold a line break, so no two calls have the same text. */
    String text(String method, String path, String query) {
        return String.join(
                "\n",
                "tidemark-peer-call 1",
                method,
                path,
                query,
                target,
                String.valueOf(hop),
                String.valueOf(atMostMillis),
                String.valueOf(timeMillis),
                sender,
                String.valueOf(counter),
                bodyHash);
    }

    String header(String mac) {
        return "v=1;target=" + target + ";hop=" + hop + ";at-most=" + atMostMillis + ";time=" + timeMillis + ";sender="
                + sender + ";counter=" + counter + ";body=" + bodyHash + ";mac="
                + mac;
    }

    /** A call with the signature that came with it. */
    record Presented(SignedCall call, String mac) {}

    /** Empty where the header is not of this form. */
    static Optional<Presented> parse(String header) {
        if (header.length() > LONGEST) {
            return Optional.empty();
        }
        Map<String, String> parts = parts(header);
        boolean sound = "1".equals(parts.get("v"))
                && is(TARGET, parts.get("target"))
                && is(NUMBER, parts.get("hop"))
                && is(NUMBER, parts.get("at-most"))
                && is(NUMBER, parts.get("time"))
                && is(SENDER, parts.get("sender"))
                && is(NUMBER, parts.get("counter"))
                && is(HASH, parts.get("body"))
                && is(HASH, parts.get("mac"));
        return sound ? Optional.of(presented(parts)) : Optional.empty();
    }

    private static Presented presented(Map<String, String> parts) {
        var call = new SignedCall(
                of(parts, "target"),
                (int) Math.min(number(parts, "hop"), Integer.MAX_VALUE),
                number(parts, "at-most"),
                number(parts, "time"),
                of(parts, "sender"),
                number(parts, "counter"),
                of(parts, "body"));
        return new Presented(call, of(parts, "mac"));
    }

    private static String of(Map<String, String> parts, String name) {
        return parts.getOrDefault(name, "");
    }

    private static long number(Map<String, String> parts, String name) {
        return Long.parseLong(of(parts, name));
    }

    private static boolean is(Pattern pattern, @Nullable String text) {
        return text != null && pattern.matcher(text).matches();
    }

    private static Map<String, String> parts(String header) {
        var parts = new HashMap<String, String>();
        for (String part : header.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return parts;
    }
}
