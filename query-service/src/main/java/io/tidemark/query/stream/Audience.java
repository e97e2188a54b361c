package io.tidemark.query.stream;

import io.tidemark.streams.feed.ChangeCursor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All clients that hear of the same: a tenant, or one of its customers. Those who take what they are sent go on together, so that it is written once; who is slower
 * goes on alone until he has caught up. Who is ahead, having come later, hears some of it again: of each month it is the newest there is.
 */
final class Audience {
    private @Nullable ChangeCursor place;

    /** Clients that are told the same now, from one place on. */
    record Part(ChangeCursor from, List<OpenStream> clients) {}

    /** All of them, in parts; the first is those who go on together, and may be nobody. */
    List<Part> parts(List<OpenStream> ready) {
        ChangeCursor from = place;
        if (from == null) {
            from = ready.stream()
                    .map(OpenStream::place)
                    .min(Comparator.comparingLong(ChangeCursor::number))
                    .orElseThrow();
            place = from;
        }
        var together = new Part(from, new ArrayList<>());
        var parts = new ArrayList<Part>(List.of(together));
        Map<Long, Part> slower = new HashMap<>();
        for (OpenStream one : ready) {
            ChangeCursor its = one.place();
            if (its.number() >= from.number()) {
                together.clients().add(one);
            } else if (its.isLevel()) {
                slower.computeIfAbsent(its.number(), number -> part(its, parts))
                        .clients()
                        .add(one);
            } else {
                part(its, parts).clients().add(one);
            }
        }
        return parts;
    }

    private static Part part(ChangeCursor from, List<Part> parts) {
        var part = new Part(from, new ArrayList<>());
        parts.add(part);
        return part;
    }

    /** Those who go on together are there now. */
    void isAt(ChangeCursor further) {
        place = further;
    }

    /** What lies behind where they were is forgotten. */
    void isLost() {
        place = null;
    }
}
