package io.tidemark.query.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** The problem shape for requests that Jetty refuses before Javalin sees them. */
final class BareProblems extends ErrorHandler {
    private final Front front;

    BareProblems(Front front) {
        this.front = front;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        int sent = HttpStatus.isClientError(status) || HttpStatus.isServerError(status) ? status : 500;
        response.setStatus(sent);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemBody.CONTENT_TYPE);
        String id = Exchange.of(request, front).requestId();
        response.getHeaders().put(RequestId.HEADER, id);
        Content.Sink.write(response, true, body(sent, path(request), id), callback);
        return true;
    }

    /** Empty where Jetty could not even make out the path; it then calls it {@code /badMessage}. */
    static String path(Request request) {
        String path = request.getHttpURI().getPath();
        return path == null || path.equals("/badMessage") ? "" : path;
    }

    private static String body(int status, String path, String requestId) {
        var body = ProblemBody.of(Failures.of(Problem.Kind.ofStatus(status)), path, requestId);
        return Json.write(body.withStatus(status));
    }
}
