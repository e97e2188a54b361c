package io.tidemark.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client that sends whatever it is given, also what others refuse to send: one connection, kept while the server keeps it. */
public final class Wire implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final URI server;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    public Wire(String server) {
        this.server = URI.create(server);
    }

    /** Sends it, and once more on a fresh connection where the one that was kept had been closed meanwhile. */
    public Reply send(Call call) throws IOException {
        boolean kept = socket != null;
        try {
            return sendOnce(call);
        } catch (IOException gone) {
            close();
            if (!kept) {
                throw gone;
            }
            return sendOnce(call);
        }
    }

    private Reply sendOnce(Call call) throws IOException {
        if (socket == null) {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            in = new BufferedInputStream(socket.getInputStream());
        }
        try {
            socket.getOutputStream().write(call.bytes(server.getAuthority()));
        } catch (IOException refused) {
            // A body that is too large is answered before its end; the answer lies there still.
        }
        Reply reply = read(call);
        if (reply.header("connection").filter("close"::equalsIgnoreCase).isPresent()) {
            close();
        }
        return reply;
    }

    private Reply read(Call call) throws IOException {
        String status = line();
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        int code = Integer.parseInt(status.substring(9, 12));
        boolean none = call.method().equals("HEAD") || code == 204 || code == 304;
        byte[] body = none ? new byte[0] : body(headers);
        return new Reply(call.method(), call.path(), code, headers, new String(body, UTF_8));
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        if (headers.containsKey("transfer-encoding")) {
            var body = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.writeBytes(exactly(size));
                line();
            }
            line();
            return body.toByteArray();
        }
        List<String> length = headers.get("content-length");
        return length == null ? open().readAllBytes() : exactly(Integer.parseInt(length.get(0)));
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = open().readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("closed within a body");
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = open().read(); next != '\n'; next = open().read()) {
            if (next < 0) {
                throw new EOFException("closed without an answer");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(ISO_8859_1);
    }

    private InputStream open() throws IOException {
        if (in == null) {
            throw new EOFException("closed");
        }
        return in;
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
        socket = null;
        in = null;
    }
}
