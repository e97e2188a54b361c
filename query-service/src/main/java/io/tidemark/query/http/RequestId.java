package io.tidemark.query.http;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** What names a request to those who look for it afterwards: the caller's own name for it, where that may stand in a log. */
final class RequestId {
    static final String HEADER = "X-Request-Id";

    private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9._:+/=@-]{1,128}");

    private RequestId() {}

    /** The one that was sent, if it is one and sound; else a new one, which need not be unpredictable. */
    static String of(List<String> sent) {
        if (sent.size() == 1 && SOUND.matcher(sent.get(0)).matches()) {
            return sent.get(0);
        }
        var random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
