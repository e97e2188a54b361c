package io.tidemark.query.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query parameters of one request. */
public final class Parameters {
    /** Of an answer that goes on by a cursor, at most. */
    public static final int MOST_ROWS = 1_000;

    private static final int ROWS = 100;
    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,4}");

    private final Map<String, String> values = new LinkedHashMap<>();

    private Parameters() {}

    /** Takes a raw query string apart; what cannot be decoded or comes twice is a fault and not a value. */
    public static Parameters of(@Nullable String query, Faults faults) {
        var parameters = new Parameters();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                parameters.add(pair, faults);
            }
        }
        return parameters;
    }

    /** What came otherwise than in a query, by the same names. */
    public static Parameters of(Map<String, String> texts) {
        var parameters = new Parameters();
        parameters.values.putAll(texts);
        return parameters;
    }

    private void add(String pair, Faults faults) {
        if (pair.isEmpty()) {
            return;
        }
        int equals = pair.indexOf('=');
        String rawName = equals < 0 ? pair : pair.substring(0, equals);
        Optional<String> name = UrlText.ofQuery(rawName);
        Optional<String> value = UrlText.ofQuery(equals < 0 ? "" : pair.substring(equals + 1));
        if (name.isEmpty() || value.isEmpty()) {
            faults.add(name.orElse(rawName), "is not percent-encoded UTF-8");
        } else if (values.putIfAbsent(name.get(), value.get()) != null) {
            faults.add(name.get(), "is given more than once");
        }
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** All but that one as a further part of a query, {@code &name=value…}, in the order in which they came. */
    public String without(String name) {
        return values.entrySet().stream()
                .filter(one -> !one.getKey().equals(name))
                .map(one -> "&" + encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** How many rows an answer may have: {@code limit}, 1 to {@value #MOST_ROWS}, and {@value #ROWS} where it is not given. */
    public int limit(Faults faults) {
        String text = text("limit").orElse(String.valueOf(ROWS));
        int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST_ROWS) {
            faults.add("limit", "must be a number from 1 to " + MOST_ROWS);
        }
        return limit;
    }

    /** Whether it says {@code true}; absent is {@code false}, and anything else is a fault. */
    public boolean flag(String name, Faults faults) {
        return flag(name, false, faults);
    }

    /** The same, where absent is {@code unlessGiven}. */
    public boolean flag(String name, boolean unlessGiven, Faults faults) {
        String text = text(name).orElse(String.valueOf(unlessGiven));
        if (!Set.of("true", "false").contains(text)) {
            faults.add(name, "must be true or false");
        }
        return text.equals("true");
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Makes a fault of each parameter that is not known. */
    public void allowOnly(Set<String> known, Faults faults) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                faults.add(name, "is not a parameter of this operation");
            }
        }
    }
}
