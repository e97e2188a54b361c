package io.tidemark.query.ingest;

import io.javalin.http.Context;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Replies;
import io.tidemark.query.ingest.Submission.Done;
import io.tidemark.query.ingest.Submission.Result;
import io.tidemark.query.request.Fault;
import java.util.ArrayList;
import java.util.List;

/** What is answered once events are written. */
final class IngestReplies {
    private static final String ACCEPTED = "accepted";
    private static final String INVALID = "invalid";
    private static final String UNAVAILABLE = "unavailable";
    private static final String UNSURE =
            "was not acknowledged: it may be written all the same; send it again with this id";

    private IngestReplies() {}

    static void one(Context context, Done done, boolean asked) {
        Result result = done.results().get(0);
        Incoming event = result.judged().event();
        if (!result.isAccepted()) {
            unavailable(context, "The event " + event.id().orElse("") + " was not acknowledged");
            return;
        }
        Replies.accepted(
                context,
                done.position(),
                new EventReply(
                        event.id().orElse(""),
                        ACCEPTED,
                        result.outcome(asked).orElse(null),
                        result.errors(),
                        event.warnings(),
                        done.position()));
    }

    static void many(Context context, Done done, boolean asked) {
        List<Result> results = done.results();
        if (results.stream().noneMatch(result -> result.isAccepted() || result.isInvalid())) {
            unavailable(context, "No event of the batch was acknowledged");
            return;
        }
        var said = new ArrayList<BatchReply.Result>();
        for (Result result : results) {
            said.add(said(said.size(), result, asked));
        }
        var body = new BatchReply(said, done.position());
        if (results.stream().allMatch(Result::isAccepted)) {
            Replies.accepted(context, done.position(), body);
        } else {
            Replies.mixed(context, done.position(), body);
        }
    }

    private static BatchReply.Result said(int index, Result result, boolean asked) {
        Incoming event = result.judged().event();
        String status = result.isInvalid() ? INVALID : result.isAccepted() ? ACCEPTED : UNAVAILABLE;
        return new BatchReply.Result(
                index,
                event.id().orElse(null),
                status,
                result.outcome(asked).orElse(null),
                status.equals(UNAVAILABLE) ? List.of(Fault.ofPointer(event.pointer(), UNSURE)) : result.errors(),
                event.warnings());
    }

    private static void unavailable(Context context, String what) {
        Replies.problem(
                context,
                Problem.of(
                        Problem.Kind.UNAVAILABLE,
                        what + " in time: it may be written all the same. Send it again with the same id."));
    }
}
