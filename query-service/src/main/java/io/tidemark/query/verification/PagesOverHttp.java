package io.tidemark.query.verification;

import static io.tidemark.query.remote.RemoteInstance.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.remote.RemoteInstance;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.NamedAmount;
import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.reading.UsagePages.Name;
import io.tidemark.streams.reading.UsagePages.Page;
import io.tidemark.streams.reading.UsagePages.Slot;
import io.tidemark.streams.recount.ServedPages;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The pages that an instance tells. What cannot be answered right now is asked again until its time is up. */
public final class PagesOverHttp implements ServedPages {
    /** Shorter than a call may take. */
    private static final int LONGEST_WAIT_SECONDS = 20;

    private static final int MOST_AT_ONCE = 1_000;
    private static final int SCALE = 9;

    private final Asking asking;
    private final String path;
    private final Duration wait;

    /**
     * Of one tenant.
     *
     * @param wait how long each question is asked
     */
    public PagesOverHttp(RemoteInstance instance, String tenant, Duration wait) {
        asking = new Asking(instance, wait);
        this.wait = wait;
        path = "/api/v1/apps/" + encoded(tenant) + "/usage/pages?limit=" + MOST_AT_ONCE;
    }

    /** The tenant whose key it is. */
    public static String tenant(RemoteInstance instance) {
        return instance.get("/api/v1/usage/pages?granularity=month&limit=1")
                .path("tenant")
                .asText();
    }

    @Override
    public Instant each(
            PageLength length,
            Instant from,
            Instant to,
            Optional<String> customer,
            String position,
            Consumer<Page> page) {
        String after = position.isEmpty()
                ? ""
                : "&after=" + encoded(position) + "&timeout="
                        + Math.max(0, Math.min(LONGEST_WAIT_SECONDS, wait.toSeconds())) + "s";
        String who = customer.map(id -> "&external_customer_id=" + encoded(id)).orElse("");
        String next = "&granularity=" + length.label() + "&from=" + from + "&to=" + to + who;
        Instant kept = from;
        while (!next.isEmpty()) {
            JsonNode answer = asking.get(path + next + after);
            Instant begin = Instant.parse(answer.path("period").path("from").asText());
            kept = begin.isAfter(kept) ? begin : kept;
            answer.path("data").forEach(one -> page.accept(page(one)));
            JsonNode cursor = answer.path("meta").path("next_cursor");
            next = cursor.isTextual() ? "&cursor=" + encoded(cursor.asText()) : "";
        }
        return kept;
    }

    private static Page page(JsonNode json) {
        EventKind kind =
                json.path("kind").asText().equals(EventKind.REQUEST.label()) ? EventKind.REQUEST : EventKind.USAGE;
        JsonNode currency = json.path("currency");
        var name = new Name(
                Instant.parse(json.path("from").asText()),
                json.path("external_id").asText(),
                kind,
                json.path("meter").asText(),
                currency.isTextual() ? currency.asText() : "");
        var slots = new ArrayList<Slot>();
        json.path("slots").forEach(slot -> slots.add(slot(slot, NamedAmount.of(kind))));
        return new Page(name, slots);
    }

    private static Slot slot(JsonNode json, List<NamedAmount> names) {
        var amounts = new ArrayList<BigInteger>(names.size());
        for (NamedAmount name : names) {
            JsonNode amount = json.path(name.name());
            if (amount.isMissingNode()) {
                amounts.add(BigInteger.ZERO);
            } else if (name.decimal()) {
                amounts.add(new BigDecimal(amount.asText()).setScale(SCALE).unscaledValue());
            } else {
                amounts.add(amount.bigIntegerValue());
            }
        }
        JsonNode minute = json.path("only_minute");
        return new Slot(
                json.path("slot").asInt(),
                amounts,
                minute.isMissingNode() ? OptionalInt.empty() : OptionalInt.of(minute.asInt()));
    }
}
