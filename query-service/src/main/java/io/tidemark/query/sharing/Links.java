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
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links to customers there are: keys that are bound to one customer each. */
public final class Links {
    /** Of one customer, that are taken at one time. Two that are made at once at two instances may be one more. */
    static final int MOST = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    /** In their text, where live or test is in others': whoever finds one knows what it is. */
    private static final String ENVIRONMENT = "link";

    /** How long one that ended is kept still: longer than any clock is wrong and any write is on its way. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final Access access;
    private final FreshKey fresh;
    private final Clock clock;

    public Links(Access access, Clock clock) {
        this.access = access;
        this.fresh = new FreshKey(access);
        this.clock = clock;
    }

    /** A link that was made, and its text, which is kept nowhere. */
    record Made(ApiKey link, String token) {}

    Instant now() {
        return clock.instant();
    }

    Made make(Customer customer, Instant now, Instant end) {
        forgetLongEnded(customer, now);
        if (living(customer).size() >= MOST) {
            throw new Refused(Problem.of(
                    Problem.Kind.CONFLICT,
                    "There are " + MOST
                            + " links to this customer that are taken; revoke one, or wait until one ends."));
        }
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

    /** Links are made again and again; without this, memory would hold each that ever was. */
    private void forgetLongEnded(Customer customer, Instant now) {
        Instant before = now.minus(KEPT);
        for (ApiKey link : access.links(customer.tenant(), customer.id())) {
            boolean gone = link.expiresAt().filter(before::isAfter).isPresent()
                    || link.revokedAt().filter(before::isAfter).isPresent();
            if (gone) {
                Change.make(() -> access.forget(link.id()));
            }
        }
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
