package io.tidemark.query.peers;

import com.fasterxml.jackson.databind.JavaType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.HeldParts;
import io.tidemark.streams.reading.HeldUsage;
import io.tidemark.streams.reading.HeldUsage.CustomerQuestion;
import io.tidemark.streams.reading.HeldUsage.PartQuestion;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.PartAsked;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.routing.Holding;
import io.tidemark.streams.routing.PeerAddress;
import io.tidemark.streams.routing.PeerFailed;
import io.tidemark.streams.routing.Peers;
import io.tidemark.streams.routing.RoutingTable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** This instance among the others of its deployment: it answers them, and asks them. */
public final class Cluster implements Peers, AutoCloseable {
    private final PeerSettings settings;
    private final PeerDoor door;
    private final PeerCalls calls;
    private volatile Optional<PeerWatch> watch = Optional.empty();

    private Cluster(PeerSettings settings, Clock clock) {
        this.settings = settings;
        var secret = new PeerSecret(settings.secret());
        calls = new PeerCalls(secret, clock);
        door = new PeerDoor(settings, secret, clock);
    }

    /**
     * Opens the listener; says nothing yet and asks nobody.
     *
     * @throws io.tidemark.streams.StartRefused when the port is taken or not ours to take
     */
    public static Cluster open(PeerSettings settings, Clock clock) {
        return new Cluster(settings, clock);
    }

    /** Where others find this instance; to be told to the group. */
    public PeerAddress address() {
        return door.address();
    }

    /**
     * Answers from now on, and asks those that the group tells of.
     *
     * @param held what this instance can say of usage by itself
     * @param parts what it can say to any other question by itself
     * @param holding of which partitions that is
     * @param members where the group says that instances are
     */
    public void begin(HeldUsage held, HeldParts parts, Supplier<Holding> holding, Supplier<Set<PeerAddress>> members) {
        door.begin(new PeerDoor.Desk(held, parts, holding));
        var begun = new PeerWatch(calls, settings.allowed(), door.address(), members);
        begun.start();
        watch = Optional.of(begun);
    }

    /** Adds how many peers there are, and how many answer. */
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("tidemark.peers", this, cluster -> cluster.count(0))
                .tag("state", "answering")
                .description("Other instances of the deployment that answer this one")
                .register(registry);
        Gauge.builder("tidemark.peers", this, cluster -> cluster.count(1) - cluster.count(0))
                .tag("state", "silent")
                .description("Other instances of the deployment that the group tells of and that do not answer")
                .register(registry);
    }

    private int count(int which) {
        return watch.map(begun -> begun.counts()[which]).orElse(0);
    }

    @Override
    public RoutingTable table() {
        return watch.map(PeerWatch::table).orElse(RoutingTable.ALONE);
    }

    @Override
    public Answer<CustomerUsage> ofCustomer(PeerAddress peer, CustomerQuestion question, Duration atMost)
            throws PeerFailed {
        return ask(peer, PeerDoor.CUSTOMER, question, PeerWire.CUSTOMER, atMost);
    }

    @Override
    public Answer<UsageByCustomer> byCustomer(PeerAddress peer, PartQuestion question, Duration atMost)
            throws PeerFailed {
        return ask(peer, PeerDoor.PART, question, PeerWire.PART, atMost);
    }

    @Override
    public <Q, A> Answer<Part<A>> ask(PeerAddress peer, PartKind<Q, A> kind, PartAsked<Q> question, Duration atMost)
            throws PeerFailed {
        return ask(peer, PeerDoor.PARTS + kind.name(), question, PeerWire.said(kind), atMost);
    }

    private <T> Answer<T> ask(PeerAddress peer, String path, Object question, JavaType type, Duration atMost)
            throws PeerFailed {
        byte[] answer = answerOf(peer, path, PeerWire.write(question), atMost);
        Optional<Said<T>> said = PeerWire.read(answer, type);
        return said.flatMap(Said::answer)
                .orElseThrow(() -> failed(peer, new IOException("its answer cannot be understood")));
    }

    private byte[] answerOf(PeerAddress peer, String path, byte[] body, Duration atMost) throws PeerFailed {
        try {
            try {
                return send(peer, path, body, atMost);
            } catch (ConnectException | HttpTimeoutException no) {
                throw no;
            } catch (IOException once) {
                // A connection that was kept may have been closed just now; all that is asked here may be asked again.
                return send(peer, path, body, atMost);
            }
        } catch (HttpTimeoutException late) {
            // It may be alive and busy: whether it is there at all is what PeerWatch finds out.
            throw new PeerFailed(peer + ": " + late);
        } catch (IOException gone) {
            throw failed(peer, gone);
        }
    }

    private byte[] send(PeerAddress peer, String path, byte[] body, Duration atMost) throws IOException, PeerFailed {
        URI at = watch.flatMap(begun -> begun.at(peer)).orElseThrow(() -> new PeerFailed(peer + " does not answer"));
        CompletableFuture<byte[]> call = calls.send(peer, at, path, body, atMost);
        watch.ifPresent(begun -> begun.underWay(peer, call));
        try {
            return call.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new PeerFailed("interrupted");
        } catch (TimeoutException | CancellationException late) {
            call.cancel(true);
            throw new HttpTimeoutException(String.valueOf(late));
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
        }
    }

    private PeerFailed failed(PeerAddress peer, IOException why) {
        watch.ifPresent(begun -> begun.failed(peer, why.toString()));
        return new PeerFailed(peer + ": " + why);
    }

    @Override
    public void close() {
        watch.ifPresent(PeerWatch::close);
        door.close();
    }
}
