package io.tidemark.query.cli;

import io.tidemark.query.peers.AllowedPeers;
import io.tidemark.query.peers.PeerSettings;
import io.tidemark.query.settings.Given;
import io.tidemark.query.settings.SettingSources;
import io.tidemark.streams.routing.PeerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How an instance meets the others of its deployment: {@link PeerSettings}, as options. The secret has none. */
final class PeerOptions {
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");
    private static final int MOST_PORT = 65_535;

    @Option(
            names = "--peer-host",
            paramLabel = "ADDRESS",
            description =
                    "Where to listen for other instances, once the setting peer-secret is given. Default: as --host")
    private String host = "";

    @Option(
            names = "--peer-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "0 takes any free one. Default: ${DEFAULT-VALUE}")
    private int port = PeerSettings.PORT;

    @Option(
            names = "--peer-advertised",
            paramLabel = "HOST[:PORT]",
            description = "Where other instances find this one. Default: --peer-host and the port")
    private String advertised = "";

    @Option(
            names = "--peer-allow",
            paramLabel = "CIDR|HOST|.SUFFIX,…",
            split = ",",
            description =
                    "Whom to ask: 10.0.0.0/8, tidemark-1, .tidemark.svc.cluster.local. Whatever else the group tells"
                            + " of is sent nothing. Default: this machine")
    private List<String> allowed = new ArrayList<>();

    /** Empty where there is no secret, or a fault. */
    Optional<PeerSettings> settings(String doorHost, SettingSources sources, List<String> faults) {
        int before = faults.size();
        Optional<String> secret =
                sources.find(SettingDefaults.PEER_SECRET).map(Given::value).map(String::strip);
        if (secret.isPresent() && secret.get().length() < PeerSettings.SHORTEST_SECRET) {
            faults.add("peer-secret must have " + PeerSettings.SHORTEST_SECRET + " characters or more");
        }
        if (port < 0 || port > MOST_PORT) {
            faults.add("--peer-port must be a number from 0 to 65535");
        }
        String listens = host.isEmpty() ? doorHost : host;
        Optional<PeerAddress> found = advertised.isEmpty() ? Optional.empty() : address(advertised, faults);
        if (secret.isPresent() && advertised.isEmpty() && isEverywhere(listens)) {
            faults.add("--peer-advertised is needed where --peer-host is " + listens
                    + ": a host that other instances find this one by");
        }
        var allowedPeers = AllowedPeers.parse(allowed.isEmpty() ? AllowedPeers.LOOPBACK : allowed, faults);
        return secret.isEmpty() || faults.size() > before
                ? Optional.empty()
                : Optional.of(new PeerSettings(secret.get(), listens, port, found, allowedPeers));
    }

    private static boolean isEverywhere(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    private Optional<PeerAddress> address(String text, List<String> faults) {
        Matcher matcher = HOST_AND_PORT.matcher(text.strip());
        if (!matcher.matches()) {
            faults.add("--peer-advertised: '" + text + "' is no HOST or HOST:PORT");
            return Optional.empty();
        }
        String name = matcher.group(1).replaceAll("[\\[\\]]", "");
        int at = matcher.group(2) == null ? port : Integer.parseInt(matcher.group(2));
        if (at > MOST_PORT) {
            faults.add("--peer-advertised: the port must be a number from 0 to 65535");
        }
        return Optional.of(new PeerAddress(name, at));
    }
}
