package io.tidemark.dev.chaos;

import java.time.Instant;
import java.util.List;

/**
 * One call over HTTP and what came of it, as the caller saw it.
 *
 * @param question several tries of the same have the same number
 * @param customer empty where all of the tenant's are asked for
 * @param after the position it was asked for, or that a write was given; empty where none
 * @param status 0 where there was no answer
 */
record Call(
        Kind kind,
        long question,
        int tries,
        int instance,
        String tenant,
        String customer,
        String after,
        Instant start,
        Instant end,
        int status,
        String body,
        Said said) {

    enum Kind {
        CUSTOMER,
        BY_CUSTOMER,
        WRITE
    }

    /**
     * What an answer about usage says.
     *
     * @param requests of the kind request
     * @param events of all kinds; as many as {@code requests} where only those are told
     */
    record Said(Instant asOf, boolean complete, List<Integer> missing, String position, long requests, long events) {
        static final Said NOTHING = new Said(Instant.EPOCH, false, List.of(), "", -1, -1);

        private String withoutPosition() {
            return "as_of " + asOf + " complete " + complete + " missing " + missing + " requests " + requests
                    + " events " + events;
        }
    }

    /** Whether it is an answer about usage. */
    boolean isAnswer() {
        return status == 200 && kind != Kind.WRITE;
    }

    boolean isAnswered() {
        return status == 200 || status == 202;
    }

    @Override
    public String toString() {
        return kind + " " + tenant + "/" + customer + " at instance " + instance + " try " + tries + " " + start + ".."
                + end + (after.isEmpty() ? "" : " after " + Places.parse(after).all()) + " -> " + status + " "
                + (isAnswer() ? said.withoutPosition() : body);
    }
}
