package io.tidemark.streams.recovery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream thread, as Kafka Streams 4.3 names what it has: {@code APP-UUID-THREAD} its transactions ({@code ActiveTaskCreator}), {@code
 * APP-UUID-StreamThread-THREAD-consumer} its member of the group ({@code StreamThread}, {@code ClientUtils}), as long as nobody gives
 * clients a name of their own.
 *
 * @param process the id that lies in the state directory, and stays the same for as long as that does
 * @param number from 1
 */
public record ThreadName(String process, int number) {
    private static final String UUID = "-(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})";
    private static final Pattern TRANSACTIONAL_ID = Pattern.compile(UUID + "-(\\d{1,9})");
    private static final Pattern CLIENT_ID = Pattern.compile(UUID + "-StreamThread-(\\d{1,9})-consumer");

    /** Whose transactions bear this id; empty when it is not of this application, though its own name may begin as ours does. */
    public static Optional<ThreadName> ofTransactions(String application, String transactionalId) {
        return read(TRANSACTIONAL_ID, application, transactionalId);
    }

    /** Whose member of the group this client is. */
    public static Optional<ThreadName> ofMember(String application, String clientId) {
        return read(CLIENT_ID, application, clientId);
    }

    private static Optional<ThreadName> read(Pattern form, String application, String name) {
        if (!name.startsWith(application)) {
            return Optional.empty();
        }
        Matcher matched = form.matcher(name.substring(application.length()));
        return matched.matches()
                ? Optional.of(new ThreadName(matched.group(1), Integer.parseInt(matched.group(2))))
                : Optional.empty();
    }
}
