package io.tidemark.query.sharing;

import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.keys.ApiKeyFormat;
import io.tidemark.query.keys.Change;
import io.tidemark.query.keys.FreshKey;
import io.tidemark.query.keys.KeyHash;
import io.tidemark.streams.access.Access;
import io.tidemark.streams.access.ApiKey;
import io.tidemark.streams.access.ChangeFailed;
import io.tidemark.streams.directory.Customer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links to customers there are: keys that are bound to one customer each. */
public final class Links {
    /** Of one customer, that are taken at one time. Two that are made at once at two instances may be one more. */
    static final int MOST = 20;

    /** Of all customers of a tenant: every instance holds them all. As many more as are made at the very same moment may be let through. */
    static final int MOST_OF_TENANT = 10_000;

    /** Each that is made makes up for more than one that ended, whosoever it was. */
    static final int MOST_FORGOTTEN = 50;

    private static final int LOCKS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    /** In their text, where live or test is in others': whoever finds one knows what it is. */
    private static final String ENVIRONMENT = "link";

    /** How long one that ended is kept still: longer than any clock is wrong and any write is on its way. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final Access access;
    private final FreshKey fresh;
    private final Clock clock;
    /** By customer: who counts and then makes must be alone meanwhile. */
    private final Object[] locks = new Object[LOCKS];

    private final ReentrantLock forgetting = new ReentrantLock();

    public Links(Access access, Clock clock) {
        this.access = access;
        this.fresh = new FreshKey(access);
        this.clock = clock;
        Arrays.setAll(locks, any -> new Object());
    }

    /** A link that was made, and its text, which is kept nowhere. */
    record Made(ApiKey link, String token) {}

    Instant now() {
        return clock.instant();
    }

    Made make(Customer customer, Instant now, Instant end) {
        forgetSome(now.minus(KEPT));
        synchronized (locks[Math.floorMod(customer.id().hashCode(), LOCKS)]) {
            refuseTooMany(living(customer).size(), MOST, "to this customer");
            refuseTooMany(access.livingLinks(customer.tenant(), now), MOST_OF_TENANT, "to customers of this tenant");
            return put(customer, now, end);
        }
    }

    /** Links are made again and again; without this, memory would hold each that ever was. Two at once would forget the same. */
    private void forgetSome(Instant endedBefore) {
        if (forgetting.tryLock()) {
            try {
                Change.make(() -> access.forgetLinks(endedBefore, MOST_FORGOTTEN));
            } finally {
                forgetting.unlock();
            }
        }
    }

    private static void refuseTooMany(int there, int most, String whose) {
        if (there >= most) {
            throw new Refused(Problem.of(
                    Problem.Kind.CONFLICT,
                    "There are " + most + " links " + whose + " that are taken; revoke one, or wait until one ends."));
        }
    }

    private Made put(Customer customer, Instant now, Instant end) {
        String token = fresh.text(ENVIRONMENT);
        ApiKey link = ApiKey.link(
                ApiKeyFormat.id(token),
                KeyHash.of(token).hex(),
                customer.tenant(),
                ENVIRONMENT,
                customer.id(),
                now,
                end);
        Change.make(() -> access.put(link));
        return new Made(link, token);
    }

    /** Those that are taken at this moment; the oldest first. */
    List<ApiKey> living(Customer customer) {
        Instant now = now();
        return access.links(customer.tenant(), customer.id()).stream()
                .filter(link -> link.isActive(now))
                .toList();
    }

    /** Of that customer and no other, by the id of the link; also one that ended a moment ago. */
    Optional<ApiKey> find(Customer customer, String id) {
        return access.key(id).filter(key -> key.isLinkTo(customer.tenant(), customer.id()));
    }

    void revoke(ApiKey link) {
        if (link.revokedAt().isEmpty()) {
            Change.make(() -> access.revoke(link.id(), now()));
        }
    }

    /**
     * Ends all links to a customer that is deleted: should an event bring it back, they do not come with it. Until then nobody is let in by
     * them anyway, so that the deletion does not fail where this does.
     */
    public void endAll(Customer deleted) {
        for (ApiKey link : living(deleted)) {
            try {
                access.revoke(link.id(), now());
            } catch (ChangeFailed failed) {
                LOG.warn(
                        "a link to a deleted customer is not revoked link={} because={}",
                        link.id(),
                        failed.getMessage());
            }
        }
    }
}
