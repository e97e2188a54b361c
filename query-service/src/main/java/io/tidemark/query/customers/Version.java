package io.tidemark.query.customers;

import io.javalin.http.Context;
import io.tidemark.query.http.RequestHead;
import io.tidemark.query.request.Faults;
import io.tidemark.streams.directory.Customer;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A customer's version as an entity tag, so that a change is made to what its maker has seen, or not at all. */
final class Version {
    private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})\"");
    private static final String ANY = "*";

    private Version() {}

    static void tag(Context context, Customer customer) {
        context.header("ETag", "\"" + customer.version() + "\"");
    }

    /** The version that {@code If-Match} asks for; empty where any will do. */
    static OptionalLong asked(Context context, Faults faults) {
        List<String> given = RequestHead.values(context, "If-Match");
        if (given.isEmpty() || given.equals(List.of(ANY))) {
            return OptionalLong.empty();
        }
        Matcher tag = TAG.matcher(given.get(0).strip());
        if (given.size() == 1 && tag.matches()) {
            return OptionalLong.of(Long.parseLong(tag.group(1)));
        }
        faults.add("If-Match", "must be one ETag that an answer gave, such as \"3\", or *");
        return OptionalLong.empty();
    }
}
