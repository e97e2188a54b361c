package io.tidemark.query.http;

import java.util.EnumSet;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty's side of {@link Limits}. */
final class Hardened {
    /**
     * What an external id may look like once it is percent-encoded. Jetty refuses it by default because it could confuse
     * who maps paths to files or strips parameters; here a path is cut first and decoded after, and there are no files.
     */
    private static final UriCompliance DATA_IN_SEGMENTS = UriCompliance.from(EnumSet.of(
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.AMBIGUOUS_PATH_SEGMENT,
            Violation.AMBIGUOUS_PATH_PARAMETER,
            Violation.AMBIGUOUS_EMPTY_SEGMENT,
            Violation.SUSPICIOUS_PATH_CHARACTERS,
            Violation.ILLEGAL_PATH_CHARACTERS,
            Violation.BAD_UTF8_ENCODING,
            Violation.TRUNCATED_UTF8_ENCODING));

    /** Clients keep connections open between requests; the door does not wait for them. */
    private static final long SILENCE_WHILE_CLOSING_MILLIS = 100;

    private Hardened() {}

    static Connector connector(Server server, HttpConfiguration http, String host, int port, Limits limits) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(Limits.HEADER_BYTES);
        // The position of many partitions, and once more in the link to the next page.
        http.setResponseHeaderSize(2 * Limits.HEADER_BYTES);
        http.setUriCompliance(DATA_IN_SEGMENTS);
        var connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.setShutdownIdleTimeout(SILENCE_WHILE_CLOSING_MILLIS);
        connector.addBean(new NetworkConnectionLimit(limits.connections(), connector));
        connector.addBean(new SlowHeaders(connector.getScheduler(), limits.headers()));
        return connector;
    }
}
