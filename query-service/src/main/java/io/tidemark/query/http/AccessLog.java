package io.tidemark.query.http;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each request once it is answered, {@code key=value}. Never its headers, which hold keys, nor its query, which holds
 * e-mail addresses and what people search for. Paths hold external ids, so whoever turns it on keeps personal data.
 */
final class AccessLog implements RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("tidemark.access");

    private static final Pattern PLAIN = Pattern.compile("[!-~&&[^\"\\\\=]]+");
    private static final int LONGEST_PATH = 1024;
    private static final double NANOS_OF_A_MILLI = 1e6;

    private final Front front;

    AccessLog(Front front) {
        this.front = front;
    }

    @Override
    public void log(Request request, Response response) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        Exchange exchange = Exchange.of(request, front);
        var line = new StringBuilder(256);
        line.append("time=").append(Instant.ofEpochMilli(Request.getTimeStamp(request)));
        add(line, "client", exchange.client());
        add(line, "method", request.getMethod());
        add(line, "path", path(request));
        add(line, "status", String.valueOf(response.getStatus()));
        add(line, "bytes", String.valueOf(Response.getContentBytesWritten(response)));
        add(line, "ms", String.format(Locale.ROOT, "%.1f", millis(request)));
        add(line, "request_id", exchange.requestId());
        exchange.tenant().ifPresent(tenant -> add(line, "tenant", tenant));
        exchange.keyId().ifPresent(id -> add(line, "key", id));
        LOG.info("{}", line);
    }

    private static double millis(Request request) {
        return (System.nanoTime() - request.getBeginNanoTime()) / NANOS_OF_A_MILLI;
    }

    private static String path(Request request) {
        String path = BareProblems.path(request);
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
    }

    private static void add(StringBuilder line, String key, String value) {
        line.append(' ').append(key).append('=').append(PLAIN.matcher(value).matches() ? value : quoted(value));
    }

    /** A value cannot end itself, its line, or what a terminal shows. */
    private static String quoted(String value) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char one = value.charAt(i);
            if (one == '"' || one == '\\') {
                quoted.append('\\').append(one);
            } else if (one < ' ' || one > '~') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) one));
            } else {
                quoted.append(one);
            }
        }
        return quoted.append('"').toString();
    }
}
