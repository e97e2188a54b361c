package io.tidemark.query.http;

import io.javalin.http.Context;
import jakarta.servlet.ServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/** What is known of a request besides what it asks: its id, who sent it, and whose key it brought. */
public final class Exchange {
    private static final String ATTRIBUTE = Exchange.class.getName();

    private final String requestId;
    private final Sender sender;
    private volatile Optional<String> tenant = Optional.empty();
    private volatile Optional<String> keyId = Optional.empty();
    private volatile boolean goingOn;

    private Exchange(String requestId, Sender sender) {
        this.requestId = requestId;
        this.sender = sender;
    }

    /** Looks at each request that is one, before anything else does. */
    static HttpConfiguration.Customizer beginning(Front front) {
        return (request, answer) -> {
            answer.put(RequestId.HEADER, of(request, front).requestId());
            return request;
        };
    }

    /** Of a request that was no request, nobody has looked at it before. */
    static Exchange of(Request request, Front front) {
        if (request.getAttribute(ATTRIBUTE) instanceof Exchange known) {
            return known;
        }
        HttpFields headers = request.getHeaders();
        var made = new Exchange(
                RequestId.of(headers.getValuesList(RequestId.HEADER)), Sender.of(front, peer(request), headers));
        request.setAttribute(ATTRIBUTE, made);
        return made;
    }

    private static InetAddress peer(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress socket
                        && socket.getAddress() != null
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    public static Exchange of(Context context) {
        return of(context.req());
    }

    static Exchange of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Exchange known) {
            return known;
        }
        throw new IllegalStateException("every request that comes as far as a handler has been looked at");
    }

    public String requestId() {
        return requestId;
    }

    /** The path as callers write it: with scheme and host before it where a trusted proxy told them. */
    public String outside(String path) {
        return sender.outside().orElse("") + path;
    }

    /** Says whose request it is, for the access log. */
    public void belongsTo(Optional<String> tenant, Optional<String> keyId) {
        this.tenant = tenant;
        this.keyId = keyId;
    }

    /** Says that its answer goes on for as long as its sender wants. */
    void goesOn() {
        goingOn = true;
    }

    /** Whether it does: how long it took says nothing then. */
    public boolean isGoingOn() {
        return goingOn;
    }

    String client() {
        return sender.address().getHostAddress();
    }

    Optional<String> tenant() {
        return tenant;
    }

    Optional<String> keyId() {
        return keyId;
    }
}
