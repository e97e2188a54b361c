package io.tidemark.query.remote;

import io.tidemark.query.sending.Target;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which instance is asked, and with which key. */
public final class RemoteTarget {
    /** Written by {@code dev} into its data directory. */
    private static final String DEV_KEY = "dev.key";

    private RemoteTarget() {}

    /**
     * What was given, else the {@code dev} of a data directory. Its key goes to no other address than its own.
     *
     * @param faults receives what is missing or wrong
     */
    public static Optional<RemoteInstance> find(
            Optional<String> url, Optional<String> key, Path dataDirectory, List<String> faults) {
        Optional<String> address = url.or(() ->
                Optional.ofNullable(Target.endpoints(dataDirectory, faults).getProperty("http")));
        if (address.isEmpty()) {
            faults.add("--url is missing, and no dev is running on " + dataDirectory);
        }
        Optional<URI> at = address.flatMap(text -> uri(text, faults));
        Optional<String> with = key.or(() -> url.isEmpty() ? devKey(dataDirectory, faults) : Optional.empty());
        if (with.isEmpty()) {
            faults.add("--api-key is missing; TIDEMARK_API_KEY keeps it off the command line");
        }
        return at.flatMap(uri -> with.map(secret -> new RemoteInstance(uri, secret)));
    }

    private static Optional<URI> uri(String text, List<String> faults) {
        try {
            var uri = new URI(text.replaceFirst("/+$", ""));
            if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme()) && uri.getQuery() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException malformed) {
            // Said below.
        }
        faults.add("--url must be of the form http://HOST:PORT");
        return Optional.empty();
    }

    private static Optional<String> devKey(Path dataDirectory, List<String> faults) {
        Path file = dataDirectory.resolve(DEV_KEY);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException unreadable) {
            faults.add(file + " cannot be read: " + unreadable);
            return Optional.empty();
        }
    }
}
