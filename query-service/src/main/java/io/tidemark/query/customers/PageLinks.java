package io.tidemark.query.customers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.query.request.Parameters;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * The way to other pages of a list, as RFC 8288 writes it: the path as the caller wrote it, and all of its parameters.
 *
 * @param path as it was sent, after scheme and host where a proxy told them
 * @param rest the other parameters, encoded
 */
record PageLinks(String path, String rest) {

    static String of(String path, Parameters parameters, int page, int pages) {
        return new PageLinks(path, rest(parameters)).all(page, Math.max(1, pages));
    }

    private static String rest(Parameters parameters) {
        var rest = new StringBuilder();
        for (String name : ListParser.PARAMETERS) {
            if (!name.equals("page")) {
                parameters
                        .text(name)
                        .ifPresent(value ->
                                rest.append('&').append(name).append('=').append(URLEncoder.encode(value, UTF_8)));
            }
        }
        return rest.toString();
    }

    private String all(int page, int last) {
        List<String> links = new ArrayList<>();
        links.add(link(1, "first"));
        if (page > 1) {
            links.add(link(Math.min(page - 1, last), "prev"));
        }
        if (page < last) {
            links.add(link(page + 1, "next"));
        }
        links.add(link(last, "last"));
        return String.join(", ", links);
    }

    private String link(int page, String relation) {
        return "<" + path + "?page=" + page + rest + ">; rel=\"" + relation + "\"";
    }
}
