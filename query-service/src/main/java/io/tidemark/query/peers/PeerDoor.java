package io.tidemark.query.peers;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.tidemark.query.http.Door;
import io.tidemark.query.http.Front;
import io.tidemark.query.http.Limits;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.http.RequestBody;
import io.tidemark.query.http.RequestHead;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.HeldParts;
import io.tidemark.streams.reading.HeldUsage;
import io.tidemark.streams.reading.HeldUsage.CustomerQuestion;
import io.tidemark.streams.reading.HeldUsage.PartQuestion;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.PartAsked;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.routing.Holding;
import io.tidemark.streams.routing.PeerAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where peers ask. Open before anything is counted, because what is told to the group names its port; until then, and for calls that are not
 * signed, nothing is said. It answers by what is held here and asks nobody, so a question cannot go in circles.
 */
final class PeerDoor implements AutoCloseable {
    static final String HOLDING = "/internal/v1/holding";
    static final String CUSTOMER = "/internal/v1/usage";
    static final String PART = "/internal/v1/usage/by-customer";
    /** Behind it: the name of what is asked. */
    static final String PARTS = "/internal/v1/parts/";

    private static final int MOST_BYTES = 256 << 10;
    /** A call that came through another instance would be the second hop. */
    private static final int MOST_HOPS = 1;

    private static final Limits LIMITS =
            new Limits(1000, Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofSeconds(5), 500);
    private static final Logger LOG = LoggerFactory.getLogger(PeerDoor.class);

    private final PeerSecret secret;
    private final Door door;
    private final PeerAddress address;
    private final Verifier verifier;
    private volatile Optional<Desk> desk = Optional.empty();

    /** What this instance can say by itself. */
    record Desk(HeldUsage held, HeldParts parts, Supplier<Holding> holding) {}

    PeerDoor(PeerSettings settings, PeerSecret secret, Clock clock) {
        this.secret = secret;
        door = Door.open(settings.host(), settings.port(), LIMITS, Front.DEFAULT, this::routes);
        address = settings.advertised()
                .map(given -> given.port() > 0 ? given : new PeerAddress(given.host(), door.port()))
                .orElseGet(() -> new PeerAddress(settings.host(), door.port()));
        verifier = new Verifier(secret, address.toString(), clock);
    }

    /** Where others find it. */
    PeerAddress address() {
        return address;
    }

    /** From now on there is something to be said. */
    void begin(Desk begun) {
        desk = Optional.of(begun);
    }

    private void routes(JavalinConfig config) {
        config.routes.post(HOLDING, signed((call, body) -> desk().holding().get()));
        config.routes.post(
                CUSTOMER,
                signed((call, body) ->
                        Said.of(desk().held().ofCustomer(ofCustomer(call, read(body, CustomerQuestion.class))))));
        config.routes.post(
                PART,
                signed((call, body) -> Said.of(desk().held().byCustomer(part(call, read(body, PartQuestion.class))))));
        config.routes.post(PARTS + "{kind}", this::part);
    }

    private void part(Context context) throws Exception {
        signed((call, body) -> desk().parts()
                        .kind(context.pathParam("kind"))
                        .<Object>map(kind -> Said.of(answer(kind, call, body)))
                        .orElseGet(PeerDoor::unknown))
                .handle(context);
    }

    /** Asked by an instance of a later release: as if it held none of the partitions, and not as if it were gone. */
    private static Said<?> unknown() {
        return Said.of(new Answer.NotReady<>(Answer.Reason.MOVING, "such a question is not known here"));
    }

    private <Q, A> Answer<Part<A>> answer(PartKind<Q, A> kind, SignedCall call, byte[] body) {
        PartAsked<Q> asked =
                PeerWire.<PartAsked<Q>>read(body, PeerWire.asked(kind)).orElseThrow(PeerDoor::noQuestion);
        return desk().parts()
                .ask(
                        kind,
                        asked.of(asked.partitions(), asked.waiting().within(Duration.ofMillis(call.atMostMillis()))));
    }

    private static CustomerQuestion ofCustomer(SignedCall call, CustomerQuestion asked) {
        return asked.within(asked.waiting().within(Duration.ofMillis(call.atMostMillis())));
    }

    private static PartQuestion part(SignedCall call, PartQuestion asked) {
        return asked.of(asked.partitions(), asked.waiting().within(Duration.ofMillis(call.atMostMillis())));
    }

    private Desk desk() {
        return desk.orElseThrow(() -> new Refused(Problem.of(Problem.Kind.UNAVAILABLE, "The instance is starting.")));
    }

    private static <T> T read(byte[] body, Class<T> question) {
        return PeerWire.read(body, question).orElseThrow(PeerDoor::noQuestion);
    }

    private static Refused noQuestion() {
        return new Refused(Problem.of(Problem.Kind.BAD_REQUEST, "That is no question."));
    }

    /** The head is believed before a body is awaited, and the body before it is read. */
    private Handler signed(BiFunction<SignedCall, byte[], Object> answering) {
        return context -> {
            SignedCall.Presented presented = presented(context);
            if (presented.call().hop() > MOST_HOPS) {
                throw new Refused(Problem.of(Problem.Kind.LOOP, "A question goes one hop, and this is another."));
            }
            RequestBody.whole(context, MOST_BYTES, () -> {
                byte[] body = RequestBody.bytes(context);
                if (!PeerSecret.hash(body).equals(presented.call().bodyHash())) {
                    throw refused("its body is another");
                }
                byte[] answer = PeerWire.write(answering.apply(presented.call(), body));
                String mac = secret.ofAnswer(presented.mac(), 200, answer);
                Replies.toPeer(context, answer, SignedCall.ANSWER_HEADER, mac);
            });
        };
    }

    private SignedCall.Presented presented(Context context) {
        List<String> headers = RequestHead.values(context, SignedCall.HEADER);
        if (headers.size() != 1) {
            throw refused("it is not signed");
        }
        SignedCall.Presented presented =
                SignedCall.parse(headers.get(0)).orElseThrow(() -> refused("its signature cannot be read"));
        verifier.refusal(presented, RequestHead.method(context), RequestHead.path(context), RequestHead.query(context))
                .ifPresent(why -> {
                    throw refused(why);
                });
        return presented;
    }

    private static Refused refused(String why) {
        LOG.warn("a call of a peer was refused because={}", why);
        return new Refused(Problem.of(Problem.Kind.UNAUTHORIZED, "This is for instances of this deployment."));
    }

    @Override
    public void close() {
        door.close();
    }
}
