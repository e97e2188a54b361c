package io.tidemark.query.customers;

import io.tidemark.query.request.Parameters;
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
        return new PageLinks(path, parameters.without("page")).all(page, Math.max(1, pages));
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
