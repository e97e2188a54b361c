package io.tidemark.dev.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.contract.Call;
import io.tidemark.contract.Contract;
import io.tidemark.contract.Operation;
import io.tidemark.contract.Operation.Parameter;
import io.tidemark.contract.Reply;
import io.tidemark.contract.Wire;
import io.tidemark.dev.fixtures.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One operation, asked by everybody about everything. */
final class Matrix implements AutoCloseable {
    /** Who asks. */
    enum Caller {
        NOBODY,
        WITH_A_BAD_KEY,
        WITH_A_REVOKED_KEY,
        WITH_AN_EXPIRED_KEY,
        WITHOUT_THE_SCOPE,
        OF_THE_OTHER_TENANT,
        WHO_MAY
    }

    /** Nothing is looked up for them, so nothing that moves can keep them waiting. */
    private static final Set<Caller> NOT_HEARD = EnumSet.of(
            Caller.NOBODY,
            Caller.WITH_A_BAD_KEY,
            Caller.WITH_A_REVOKED_KEY,
            Caller.WITH_AN_EXPIRED_KEY,
            Caller.WITHOUT_THE_SCOPE);

    /** About what, seen from the tenant at home. */
    enum Id {
        OWN,
        OF_THE_OTHER_TENANT,
        UNKNOWN
    }

    private static final String UNKNOWN_UUID = "0198a7c0-0000-7000-8000-00000000dead";

    /** Its answer goes on, unless it is told when to end. */
    static final String WITHOUT_END = "/usage/stream";

    /** Where an instance is thought dead for want of CPU, its partitions move; the contract says to ask again then. */
    private static final int TRIES = 20;

    private static final Duration BEFORE_THE_NEXT_TRY = Duration.ofSeconds(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Parties parties;
    private final String homeKey;
    private final Map<String, String> withoutScope = new TreeMap<>();
    private final Map<Id, Parties.Customer> customers = new TreeMap<>();
    private final Map<Caller, String> links = new TreeMap<>();
    private final Wire wire;
    private int cells;

    Matrix(Parties parties, String homeKey) {
        this.parties = parties;
        this.homeKey = homeKey;
        this.wire = new Wire(parties.base());
    }

    int cells() {
        return cells;
    }

    /** Asserts every cell of an operation, in each form an id of it may have. */
    void check(Operation operation) throws IOException, InterruptedException {
        for (boolean uuid : forms(operation)) {
            var unknown = new ArrayList<String>();
            for (Caller caller : Caller.values()) {
                for (Id id : isAboutSomething(operation) ? Id.values() : new Id[] {Id.OWN}) {
                    Reply reply = ask(operation, server(operation), caller, id, uuid);
                    verify(operation, caller, id, reply);
                    if (reply.status() == 404) {
                        unknown.add(comparable(reply));
                    }
                }
            }
            assertThat(Set.copyOf(unknown))
                    .as("%s: every 404 is the same", operation)
                    .hasSizeLessThan(2);
        }
        if (operation.servers().size() > 1) {
            slugs(operation);
        }
    }

    private static boolean isAboutSomething(Operation operation) {
        return operation.named().isPresent() || operation.namedInBody().isPresent();
    }

    private static List<Boolean> forms(Operation operation) {
        boolean either = operation
                .named()
                .filter(named -> named.name().equals("id") && named.names().equals(Optional.of("customer")))
                .isPresent();
        return either ? List.of(true, false) : List.of(false);
    }

    private void verify(Operation operation, Caller caller, Id id, Reply reply) {
        cells++;
        String cell = operation + " by a caller " + caller + " about " + id + ":\n" + reply;
        if (operation.scope().isEmpty() || reply.status() < 300) {
            assertThat(expected(operation, caller, id)).as(cell).isEqualTo("2xx");
            assertThat(reply.status())
                    .as(cell + "\nsay what this is sent, in Sent")
                    .isBetween(200, 299);
            return;
        }
        assertThat(reply.status() + " " + type(reply))
                .as(cell + "\nif it should have succeeded: say what this is sent, in Sent")
                .isEqualTo(expected(operation, caller, id));
    }

    private static String expected(Operation operation, Caller caller, Id id) {
        if (operation.scope().isEmpty()) {
            return "2xx";
        }
        return switch (caller) {
            case NOBODY, WITH_A_BAD_KEY, WITH_A_REVOKED_KEY, WITH_AN_EXPIRED_KEY -> "401 unauthorized";
            case WITHOUT_THE_SCOPE -> "403 forbidden";
            case OF_THE_OTHER_TENANT -> about(operation, id, Id.OF_THE_OTHER_TENANT);
            case WHO_MAY -> about(operation, id, Id.OWN);
        };
    }

    /** Whom an operator's key belongs to does not matter: keys and tenants are everybody's who operates. */
    private static String about(Operation operation, Id id, Id theirs) {
        boolean customers = operation.namedInBody().isPresent()
                || operation.named().flatMap(Parameter::names).equals(Optional.of("customer"));
        boolean tenants =
                customers || operation.named().flatMap(Parameter::names).equals(Optional.of("rejected-event"));
        boolean found = !isAboutSomething(operation) || id == theirs || (!tenants && id != Id.UNKNOWN);
        return found ? "2xx" : customers ? "404 unknown_customer" : "404 not_found";
    }

    /** The other prefixes are the same API; a foreign tenant's slug is one that nobody has. */
    private void slugs(Operation operation) throws IOException, InterruptedException {
        for (String server : operation.servers()) {
            String own = server.replace("{slug}", parties.tenant());
            verify(operation, Caller.WHO_MAY, Id.OWN, ask(operation, own, Caller.WHO_MAY, Id.OWN, false));
            if (server.contains("{slug}")) {
                Reply foreign =
                        ask(operation, server.replace("{slug}", Parties.OTHER_TENANT), Caller.WHO_MAY, Id.OWN, false);
                Reply nobodys = ask(operation, server.replace("{slug}", "nobody"), Caller.WHO_MAY, Id.OWN, false);
                assertThat(foreign.status() + " " + type(foreign))
                        .as("%s", operation)
                        .isEqualTo("404 not_found");
                assertThat(comparable(foreign)).as("%s", operation).isEqualTo(comparable(nobodys));
                cells += 2;
            }
        }
    }

    private static String server(Operation operation) {
        return operation.servers().get(0);
    }

    private Reply ask(Operation operation, String server, Caller caller, Id id, boolean uuid)
            throws IOException, InterruptedException {
        var headers = new ArrayList<Map.Entry<String, String>>();
        key(operation, caller).ifPresent(key -> headers.add(Map.entry("X-Api-Key", key)));
        boolean fresh = succeeds(operation, caller, id);
        Sent sent = Sent.to(operation, parties);
        if (operation.namedInBody().isPresent()) {
            sent = sent.about(operation.namedInBody().get(), customer("customer_id", id, true, fresh), JSON);
        }
        if (!sent.type().isEmpty()) {
            headers.add(Map.entry("Content-Type", sent.type()));
        }
        String target = server + target(operation, id, uuid, fresh);
        var call = new Call(operation.method(), target, headers, sent.bytes());
        for (int tries = 1; ; tries++) {
            Reply reply = wire.send(call);
            Contract.ofClassPath().hold(reply);
            boolean again =
                    tries < TRIES && reply.status() == 503 && type(reply).equals("moving");
            if (!again || NOT_HEARD.contains(caller)) {
                return reply;
            }
            Thread.sleep(BEFORE_THE_NEXT_TRY.toMillis());
        }
    }

    private String target(Operation operation, Id id, boolean uuid, boolean fresh)
            throws IOException, InterruptedException {
        String path = operation.path();
        var query = new ArrayList<String>();
        for (Parameter parameter : operation.parameters()) {
            if (!parameter.required() && parameter.names().isEmpty()) {
                continue;
            }
            String value = Api.encoded(
                    parameter.names().isPresent()
                            ? id(parameter, id, uuid, fresh)
                            : parameter.node().get("example").asText());
            if (parameter.in().equals("path")) {
                path = path.replace("{" + parameter.name() + "}", value);
            } else if (parameter.in().equals("query")) {
                query.add(parameter.name() + "=" + value);
            }
        }
        if (path.equals(WITHOUT_END)) {
            query.add("duration=0s");
        }
        return path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    private String id(Parameter parameter, Id id, boolean uuid, boolean fresh)
            throws IOException, InterruptedException {
        return switch (parameter.names().orElseThrow()) {
            case "customer" -> customer(parameter.name(), id, uuid, fresh);
            case "api-key" ->
                id == Id.UNKNOWN
                        ? "nobodys1"
                        : Parties.idOf(parties.key(
                                id == Id.OWN ? parties.tenant() : Parties.OTHER_TENANT, List.of("read"), ""));
            // Of the customer that the path names before it, which was made for this call.
            case "share-link" -> fresh ? parties.linkToTheLast(id == Id.OWN) : "nobodys1";
            case "rejected-event" -> id == Id.UNKNOWN ? "usage-0-999999999-1" : parties.rejected(id == Id.OWN);
            case "tenant" ->
                switch (id) {
                    case OWN -> parties.tenant();
                    case OF_THE_OTHER_TENANT -> Parties.OTHER_TENANT;
                    case UNKNOWN -> "nobody";
                };
            default -> throw new AssertionError(parameter.names() + " is new here: say which are known");
        };
    }

    private String customer(String parameter, Id id, boolean uuid, boolean fresh)
            throws IOException, InterruptedException {
        if (id == Id.UNKNOWN) {
            return uuid ? UNKNOWN_UUID : parameter.equals("email") ? "nobody@example.com" : "nobody";
        }
        var customer = fresh ? made(id) : known(id);
        return uuid ? customer.uuid() : parameter.equals("email") ? customer.email() : customer.externalId();
    }

    private Parties.Customer made(Id id) throws IOException, InterruptedException {
        return id == Id.OWN ? parties.customer() : parties.customerOfOther();
    }

    private Parties.Customer known(Id id) throws IOException, InterruptedException {
        Parties.Customer known = customers.get(id);
        if (known == null) {
            known = made(id);
            customers.put(id, known);
        }
        return known;
    }

    /** Whether a call changes what it is about, so that the next needs another. */
    private static boolean succeeds(Operation operation, Caller caller, Id id) {
        boolean changes = !operation.method().equals("GET");
        return changes && expected(operation, caller, id).equals("2xx");
    }

    private Optional<String> key(Operation operation, Caller caller) throws IOException, InterruptedException {
        if (operation.scope().equals(Optional.of("read:customer"))
                && (caller == Caller.WHO_MAY || caller == Caller.OF_THE_OTHER_TENANT)) {
            return Optional.of(link(caller));
        }
        return switch (caller) {
            case NOBODY -> Optional.empty();
            case WITH_A_BAD_KEY -> Optional.of("tm_live_00000000_0000000000000000000000");
            case WITH_A_REVOKED_KEY -> Optional.of(parties.revokedKey());
            case WITH_AN_EXPIRED_KEY -> Optional.of(parties.expiredKey());
            case WITHOUT_THE_SCOPE -> Optional.of(withoutScope(operation.scope().orElse("read")));
            case OF_THE_OTHER_TENANT -> Optional.of(parties.keyOfOther());
            case WHO_MAY -> Optional.of(homeKey);
        };
    }

    private String link(Caller caller) throws IOException, InterruptedException {
        String known = links.get(caller);
        if (known == null) {
            boolean atHome = caller == Caller.WHO_MAY;
            made(atHome ? Id.OWN : Id.OF_THE_OTHER_TENANT);
            known = parties.tokenToTheLast(atHome);
            links.put(caller, known);
        }
        return known;
    }

    private String withoutScope(String scope) throws IOException, InterruptedException {
        String known = withoutScope.get(scope);
        if (known == null) {
            known = parties.keyWithout(scope);
            withoutScope.put(scope, known);
        }
        return known;
    }

    private static String type(Reply problem) {
        try {
            JsonNode type = Api.parsed(problem.body()).path("type");
            return type.asText().replace("urn:tidemark:problem:", "");
        } catch (IOException none) {
            return "no problem in JSON";
        }
    }

    /** All of it but what differs from one request to the next, and from one path to another. */
    private static String comparable(Reply reply) {
        var headers = new TreeMap<>(reply.headers());
        List.of("date", "x-request-id", "content-length").forEach(headers::remove);
        String body = reply.body()
                .replaceFirst("\"instance\":\"[^\"]*\"", "\"instance\":\"\"")
                .replaceFirst("\"request_id\":\"[^\"]*\"", "\"request_id\":\"\"");
        return reply.status() + " " + headers + " " + body;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
