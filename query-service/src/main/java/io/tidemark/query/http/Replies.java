package io.tidemark.query.http;

import io.javalin.http.Context;
import io.tidemark.query.request.Fault;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Freshness;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns what came of a question into HTTP. Nothing else sets a status. */
public final class Replies {
    /** Of the answer to a write: as a read's {@code after} it makes the read contain what was written. Of a read as a file: what it contains. */
    public static final String POSITION = "Tidemark-Position";

    private static final String AS_OF = "Tidemark-As-Of";
    private static final String COMPLETE = "Tidemark-Complete";
    private static final String MISSING_PARTITIONS = "Tidemark-Missing-Partitions";

    private static final String RETRY_AFTER_SECONDS = "1";

    /** {@code gzip;q=0} says that it is not. */
    private static final Pattern GZIP_WANTED = Pattern.compile("gzip\\s*;\\s*q=(?:1(?:\\.0+)?|0\\.0*[1-9][0-9]*)");

    private Replies() {}

    /**
     * An answer of the read side.
     *
     * @param unknown what is said when nothing is known of what was asked for
     * @param body what is sent when it was found
     */
    public static <T> void answer(Context context, Answer<T> answer, Problem unknown, Function<T, ?> body) {
        reply(answer, unknown, found -> new Ok(body.apply(found))).send(context);
    }

    /**
     * The same, of what can be told in two forms.
     *
     * @param form the one that is wanted
     * @param file what is sent as CSV
     */
    public static <T> void answer(
            Context context,
            Answer<T> answer,
            Problem unknown,
            Form form,
            Function<T, ?> body,
            Function<T, CsvFile> file) {
        Reply reply = reply(
                answer, unknown, found -> form == Form.CSV ? new Csv(file.apply(found)) : new Ok(body.apply(found)));
        if (!(reply instanceof Refusal)) {
            context.header("Vary", Form.HEADER);
        }
        reply.send(context);
    }

    private static <T> Reply reply(Answer<T> answer, Problem unknown, Function<T, Reply> found) {
        return answer.fold(new Answer.Cases<T, Reply>(
                found,
                () -> new Refusal(unknown),
                (reason, detail) -> new Refusal(Problem.of(kind(reason), detail)),
                (parameter, message) ->
                        new Refusal(Problem.badRequest(List.of(Fault.ofParameter(parameter, message))))));
    }

    private static Problem.Kind kind(Answer.Reason reason) {
        return switch (reason) {
            case MOVING -> Problem.Kind.MOVING;
            case NOT_CAUGHT_UP -> Problem.Kind.NOT_CAUGHT_UP;
            case TOO_STALE -> Problem.Kind.TOO_STALE;
            case BUSY -> Problem.Kind.BUSY;
            case STOPPED -> Problem.Kind.STOPPED;
        };
    }

    /** What an operator's tool asked, and whether it is well. */
    public static void health(Context context, boolean well, Object body) {
        json(context, well ? 200 : 503, "application/json", body);
    }

    /**
     * What one instance tells another.
     *
     * @param header whose value says that it is from one that may
     */
    public static void toPeer(Context context, byte[] json, String header, String signature) {
        context.header(header, signature);
        context.status(200).contentType("application/json").result(json);
    }

    /** What was asked for. */
    public static void ok(Context context, Object body) {
        json(context, 200, "application/json", body);
    }

    /**
     * Something is there that was not before.
     *
     * @param path where it is found
     */
    public static void created(Context context, String path, Object body) {
        context.header("Location", Exchange.of(context).outside(path));
        json(context, 201, "application/json", body);
    }

    /**
     * It was taken over.
     *
     * @param position from which on answers contain it
     */
    public static void accepted(Context context, String position, Object body) {
        context.header(POSITION, position);
        json(context, 202, "application/json", body);
    }

    /**
     * Parts of a request went differently; the body says how each did.
     *
     * @param position from which on answers contain what was taken over; empty where nothing was
     */
    public static void mixed(Context context, String position, Object body) {
        if (!position.isEmpty()) {
            context.header(POSITION, position);
        }
        json(context, 207, "application/json", body);
    }

    /** It is done, and there is nothing to say about it. */
    public static void done(Context context) {
        context.status(204);
    }

    /** Events follow, for as long as the client listens; they are written by whoever has them. */
    public static void events(Context context) {
        Exchange.of(context).goesOn();
        context.header("Cache-Control", "no-store");
        // Proxies that gather an answer before they send it would tell nothing.
        context.header("X-Accel-Buffering", "no");
        context.status(200).contentType("text/event-stream; charset=utf-8");
    }

    /** A file of a page; caches ask each time whether it is still the same, which is a short answer. */
    public static void file(Context context, StaticFile file) {
        context.header("ETag", file.tag());
        context.header("Cache-Control", "no-cache");
        context.header("Vary", "Accept-Encoding");
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Content-Security-Policy", file.policy());
        context.header("Referrer-Policy", "no-referrer");
        boolean known = RequestHead.values(context, "If-None-Match").stream().anyMatch(file::isTagged);
        if (known) {
            context.status(304);
            return;
        }
        context.status(200).contentType(file.contentType());
        if (takesGzip(context)) {
            context.header("Content-Encoding", "gzip").result(file.compressed());
        } else {
            context.result(file.bytes());
        }
    }

    private static boolean takesGzip(Context context) {
        return RequestHead.values(context, "Accept-Encoding").stream()
                .flatMap(values -> Stream.of(values.split(",")))
                .map(String::strip)
                .anyMatch(coding ->
                        coding.equals("gzip") || GZIP_WANTED.matcher(coding).matches());
    }

    public static void problem(Context context, Problem problem) {
        if (problem.kind().passes() && context.res().getHeader("Retry-After") == null) {
            context.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (problem.kind() == Problem.Kind.UNAUTHORIZED) {
            context.header("WWW-Authenticate", "Bearer");
        }
        var body = ProblemBody.of(
                problem, context.req().getRequestURI(), Exchange.of(context).requestId());
        json(context, problem.kind().status(), ProblemBody.CONTENT_TYPE, body);
    }

    private static void json(Context context, int status, String contentType, Object body) {
        context.status(status).contentType(contentType).result(Json.write(body));
    }

    private sealed interface Reply {
        void send(Context context);
    }

    private record Ok(Object body) implements Reply {
        @Override
        public void send(Context context) {
            json(context, 200, "application/json", body);
        }
    }

    private record Csv(CsvFile file) implements Reply {
        @Override
        public void send(Context context) {
            Freshness freshness = file.freshness();
            context.header("Content-Disposition", "attachment; filename=\"" + file.name() + '"');
            context.header("X-Content-Type-Options", "nosniff");
            context.header(AS_OF, freshness.asOf().toString());
            context.header(COMPLETE, String.valueOf(freshness.complete()));
            if (!freshness.complete()) {
                context.header(
                        MISSING_PARTITIONS,
                        freshness.missingPartitions().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")));
            }
            context.header(POSITION, freshness.position());
            file.next().ifPresent(next -> context.header("Link", "<" + next + ">; rel=\"next\""));
            context.status(200)
                    .contentType("text/csv; charset=utf-8; header=present")
                    .result(file.text());
        }
    }

    private record Refusal(Problem problem) implements Reply {
        @Override
        public void send(Context context) {
            Replies.problem(context, problem);
        }
    }
}
