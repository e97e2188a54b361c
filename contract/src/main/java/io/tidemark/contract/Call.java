package io.tidemark.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/**
 * A request as it goes over the wire, right or wrong.
 *
 * @param target path and query as they are sent
 * @param headers without those that say whose it is and how long its body is
 * @param body empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes as they are sent; nobody compares two of these
public record Call(String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {
    private static final int SHOWN = 1500;

    public Call {
        headers = List.copyOf(headers);
    }

    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    byte[] bytes(String host) {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
        headers.forEach(header -> head.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** As it could be typed, but for keys, which are nobody's business. */
    @Override
    public String toString() {
        var text = new StringBuilder(method + " " + target);
        for (Map.Entry<String, String> header : headers) {
            boolean key = header.getKey().equals("X-Api-Key") || header.getKey().equals("Authorization");
            text.append("\n").append(header.getKey()).append(": ").append(key ? "…" : header.getValue());
        }
        String content = new String(body, UTF_8);
        boolean whole = content.length() <= SHOWN;
        return text + "\n\n" + (whole ? content : content.substring(0, SHOWN) + "… (" + body.length + " bytes)");
    }
}
