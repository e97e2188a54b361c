package io.tidemark.query.peers;

import io.tidemark.streams.routing.Holding;
import io.tidemark.streams.routing.PeerAddress;
import io.tidemark.streams.routing.RoutingTable;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each peer, five times a second, what it holds, and makes the routing table of what they say. The group knows of a dead instance only when
 * its session has ended; here it is out of the table at the first call that fails, or when it has not said anything for {@link #SILENT}.
 */
final class PeerWatch implements AutoCloseable {
    static final Duration EVERY = Duration.ofMillis(200);
    /** A peer that is paused, or behind a network that drops packets, does not refuse: it is silent. */
    static final Duration SILENT = Duration.ofMillis(600);

    private static final byte[] NO_QUESTION = PeerWire.write(Map.of());
    private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);

    private final PeerCalls calls;
    private final AllowedPeers allowed;
    private final PeerAddress self;
    private final Supplier<Set<PeerAddress>> members;
    private final Map<PeerAddress, Watched> peers = new ConcurrentHashMap<>();
    private final Set<PeerAddress> refused = new HashSet<>();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "tidemark-peers");
        thread.setDaemon(true);
        return thread;
    });
    private volatile RoutingTable table = RoutingTable.ALONE;

    /** One peer. What is not said within {@link #SILENT} is taken back. */
    private static final class Watched {
        private final URI at;
        private final Map<Long, Future<?>> underWay = new ConcurrentHashMap<>();
        private final AtomicLong begun = new AtomicLong();
        private volatile Optional<Holding> says = Optional.empty();
        private volatile boolean asking;

        private Watched(URI at) {
            this.at = at;
        }
    }

    /** @param members where the group says that instances are */
    PeerWatch(PeerCalls calls, AllowedPeers allowed, PeerAddress self, Supplier<Set<PeerAddress>> members) {
        this.calls = calls;
        this.allowed = allowed;
        this.self = self;
        this.members = members;
    }

    void start() {
        Future<?> unused = rounds.scheduleWithFixedDelay(this::lookOrSay, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookOrSay() {
        try {
            meet(members.get());
            peers.forEach(this::ask);
        } catch (RuntimeException failed) {
            LOG.warn("peers are not looked after because={}", failed.toString());
        }
    }

    private void meet(Set<PeerAddress> now) {
        for (PeerAddress peer : now) {
            if (!peer.equals(self) && !peers.containsKey(peer)) {
                allowed.resolve(peer).ifPresentOrElse(at -> peers.put(peer, new Watched(at)), () -> refuse(peer));
            }
        }
        if (peers.keySet().removeIf(peer -> !now.contains(peer))) {
            rebuild();
        }
        refused.retainAll(now);
    }

    private void refuse(PeerAddress peer) {
        if (refused.add(peer)) {
            LOG.warn("a peer is not asked because its address is not allowed peer={} see=--peer-allow", peer);
        }
    }

    private void ask(PeerAddress peer, Watched watched) {
        if (watched.asking) {
            return;
        }
        watched.asking = true;
        CompletableFuture<?> unused = calls.send(peer, watched.at, PeerDoor.HOLDING, NO_QUESTION, SILENT)
                .handle((bytes, failed) -> {
                    watched.asking = false;
                    Optional<Holding> said = failed == null ? PeerWire.read(bytes, Holding.class) : Optional.empty();
                    if (said.isPresent()) {
                        says(peer, watched, said.get());
                    } else {
                        gone(peer, watched, String.valueOf(failed));
                    }
                    return said;
                });
    }

    private void says(PeerAddress peer, Watched watched, Holding holding) {
        Optional<Holding> before = watched.says;
        watched.says = Optional.of(holding);
        if (before.isEmpty()) {
            LOG.info("peer answers peer={}", peer);
        }
        if (!before.equals(watched.says)) {
            rebuild();
        }
    }

    /** Takes it out of the table until it answers again, and ends what is still being asked of it. */
    private void gone(PeerAddress peer, Watched watched, String because) {
        boolean wasThere = watched.says.isPresent();
        watched.says = Optional.empty();
        if (wasThere) {
            LOG.warn("peer does not answer peer={} because={}", peer, because);
            rebuild();
        }
        watched.underWay.values().forEach(call -> call.cancel(true));
    }

    /** A call to it failed. */
    void failed(PeerAddress peer, String because) {
        Watched watched = peers.get(peer);
        if (watched != null) {
            gone(peer, watched, because);
        }
    }

    private synchronized void rebuild() {
        var alive = new HashMap<PeerAddress, Holding>();
        peers.forEach((peer, watched) -> watched.says.ifPresent(holding -> alive.put(peer, holding)));
        var made = RoutingTable.of(table.epoch() + 1, alive);
        if (!made.says(table)) {
            table = made;
        }
    }

    RoutingTable table() {
        return table;
    }

    /** Peers that answer, and all that there are. */
    int[] counts() {
        int answering = (int) peers.values().stream()
                .filter(watched -> watched.says.isPresent())
                .count();
        return new int[] {answering, peers.size()};
    }

    /** Where a peer is asked; empty where it is not there now. */
    Optional<URI> at(PeerAddress peer) {
        return Optional.ofNullable(peers.get(peer))
                .filter(watched -> watched.says.isPresent())
                .map(watched -> watched.at);
    }

    /** What is to be ended when the peer turns out to be gone. */
    void underWay(PeerAddress peer, CompletableFuture<?> call) {
        Watched watched = peers.get(peer);
        if (watched != null) {
            long number = watched.begun.incrementAndGet();
            watched.underWay.put(number, call);
            CompletableFuture<?> unused = call.whenComplete((any, failed) -> watched.underWay.remove(number));
        }
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
