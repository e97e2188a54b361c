package io.tidemark.query.tracing;

import io.javalin.http.Context;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.RawPath;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.tracing.TraceQuestion;
import io.tidemark.streams.tracing.Traced;
import io.tidemark.streams.tracing.Tracer;
import java.util.Optional;

/** What became of one event. */
public final class FateOfEvent implements CallerHandler {
    private static final Problem UNKNOWN =
            Problem.of(Problem.Kind.UNKNOWN_CUSTOMER, "There is no such customer, and no event of it is known.");

    private final Tracer tracer;
    private final Customers customers;

    public FateOfEvent(Tracer tracer, Customers customers) {
        this.tracer = tracer;
        this.customers = customers;
    }

    @Override
    public void handle(Context context, Caller caller) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        Optional<FateAsked> understood = FateParser.parse(RawPath.segment(context, "id"), parameters, faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        FateAsked asked = understood.orElseThrow();
        Optional<Customer> customer = customers.meant(caller.tenant(), asked.customer(), asked.mayBeOurs());
        String externalId = customer.map(Customer::externalId).orElse(asked.customer());
        var question = new TraceQuestion(caller.tenant(), externalId, asked.source(), asked.id(), asked.at());
        Replies.answer(
                context,
                known(trace(question, asked), customer),
                UNKNOWN,
                found -> FateBody.of(question, customer, found));
    }

    /** An event may have been refused whose customer nobody has heard of otherwise; where there is neither, there is nothing to say. */
    private static Answer<Traced> known(Answer<Traced> answer, Optional<Customer> customer) {
        if (!(answer instanceof Answer.Found<Traced> found)) {
            return answer;
        }
        Traced traced = found.value();
        if (customer.isEmpty()) {
            return traced.saysNothing() ? new Answer.NotFound<>() : answer;
        }
        return customer.get().isErased() ? new Answer.Found<>(traced.ofErased()) : answer;
    }

    private Answer<Traced> trace(TraceQuestion question, FateAsked asked) {
        try {
            return tracer.trace(question, asked.waiting());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return new Answer.NotReady<>(Answer.Reason.STOPPED, "the question was interrupted");
        }
    }
}
