package io.tidemark.query.http;

import io.tidemark.query.request.Faults;

/** Ends the handling of a request with a problem. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public Refused(Problem problem) {
        // Neither suppression nor a stack trace: this is an answer, not a failure of ours.
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** Refuses the request when anything is wrong with it. */
    public static void ifAny(Faults faults) {
        if (!faults.all().isEmpty()) {
            throw new Refused(Problem.badRequest(faults.all()));
        }
    }
}
