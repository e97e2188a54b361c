package io.tidemark.query.verification;

import static io.tidemark.query.remote.RemoteInstance.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.remote.CallFailed;
import io.tidemark.query.remote.RemoteInstance;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an instance says was used. A question that cannot be answered right now (the instance is busy, restarts, or has not
 * caught up with the position) is asked again until its time is up.
 */
final class ServedUsage {
    /** Shorter than a call may take. */
    private static final int LONGEST_WAIT_SECONDS = 20;

    private final Asking asking;
    private final String path;
    private final String after;

    /**
     * Of one tenant.
     *
     * @param position that each answer must contain; empty where it is not known
     * @param wait how long each question is asked
     */
    ServedUsage(RemoteInstance instance, String tenant, String position, Duration wait) {
        asking = new Asking(instance, wait);
        path = "/api/v1/apps/" + encoded(tenant);
        long seconds = Math.min(LONGEST_WAIT_SECONDS, wait.toSeconds());
        after = position.isEmpty() ? "" : "&after=" + encoded(position) + "&timeout=" + seconds + "s";
    }

    /** What one customer used; nothing where it is not known. */
    Figures ofCustomer(String externalId, Span span) {
        try {
            return Figures.served(
                    ask(path + "/customer-by-external-id/" + encoded(externalId) + "/usage?" + bounds(span), span));
        } catch (CallFailed refused) {
            if (refused.type().equals("unknown_customer")) {
                return new Figures();
            }
            throw refused;
        }
    }

    /** What each customer used whose external id begins like this. */
    Map<String, Figures> byCustomer(String prefix, Span span) {
        var found = new TreeMap<String, Figures>();
        String first = path + "/usage/by-customer?sort_by=external_id&include_inactive=true&limit=1000&" + bounds(span);
        for (String next = first; !next.isEmpty(); ) {
            JsonNode page = ask(next, span);
            for (JsonNode row : page.path("data")) {
                String externalId = row.path("external_id").asText();
                if (externalId.startsWith(prefix)) {
                    found.put(externalId, Figures.servedInRanking(row));
                }
            }
            String cursor = page.path("meta").path("next_cursor").asText("");
            next = page.path("meta").hasNonNull("next_cursor")
                    ? path + "/usage/by-customer?limit=1000&cursor=" + encoded(cursor)
                    : "";
        }
        return found;
    }

    private String bounds(Span span) {
        return "from=" + span.from() + "&to=" + span.to() + after;
    }

    private JsonNode ask(String question, Span span) {
        return exactly(span, asking.get(question));
    }

    private static JsonNode exactly(Span span, JsonNode answer) {
        JsonNode period = answer.path("period");
        boolean same = period.path("from").asText().equals(span.from().toString())
                && period.path("to").asText().equals(span.to().toString());
        if (!same) {
            throw new CannotTell("the minutes of " + span + " are kept no longer: the answer is about "
                    + period.path("from").asText() + "/" + period.path("to").asText());
        }
        return answer;
    }
}
