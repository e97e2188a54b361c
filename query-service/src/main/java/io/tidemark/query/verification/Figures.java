package io.tidemark.query.verification;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.oracle.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Numbers by what they are of; one that is not there is zero. Those of a meter are called {@code request/requests.count},
 * {@code usage/storage_gb.cost.USD}, those of all meters together {@code credits}, {@code cost.USD}.
 */
final class Figures {
    private static final List<String> TOKENS =
            List.of("input_tokens", "output_tokens", "cached_input_tokens", "reasoning_tokens");

    private final SortedMap<String, BigDecimal> numbers = new TreeMap<>();

    /** One that is not as it must be. */
    record Wrong(String field, BigDecimal expected, BigDecimal served) {}

    /** What an answer about one customer must say. */
    static Figures expected(Iterable<Row> rows) {
        var figures = new Figures();
        for (Row row : rows) {
            String meter = row.kind() + "/" + row.meter() + ".";
            figures.addRequests(row);
            figures.addValue("", row.credits(), row.cost(), row.currency());
            figures.addValue(meter, row.credits(), row.cost(), row.currency());
            figures.add(meter + "count", BigDecimal.valueOf(row.count()));
            figures.add(meter + "quantity", row.quantity());
        }
        return figures;
    }

    /** What a row of the usage by customer must say. */
    static Figures expectedInRanking(Iterable<Row> rows) {
        Figures all = expected(rows);
        all.numbers
                .keySet()
                .removeIf(name ->
                        name.contains("/") || name.equals("cached_input_tokens") || name.equals("reasoning_tokens"));
        return all;
    }

    /** What an answer about one customer says. */
    static Figures served(JsonNode answer) {
        Figures figures = servedInRanking(answer);
        for (JsonNode one : answer.path("meters")) {
            String meter = one.path("kind").asText() + "/" + one.path("meter").asText() + ".";
            figures.add(meter + "count", number(one, "count"));
            figures.add(meter + "quantity", number(one, "quantity"));
            figures.addServedValue(meter, one);
        }
        return figures;
    }

    /** What a row of the usage by customer says. */
    static Figures servedInRanking(JsonNode row) {
        var figures = new Figures();
        figures.add("requests", number(row, "requests"));
        TOKENS.forEach(name -> figures.add(name, number(row, name)));
        figures.addServedValue("", row);
        return figures;
    }

    private void addRequests(Row row) {
        add("requests", row.kind().equals("request") ? BigDecimal.valueOf(row.count()) : BigDecimal.ZERO);
        add("input_tokens", BigDecimal.valueOf(row.inputTokens()));
        add("output_tokens", BigDecimal.valueOf(row.outputTokens()));
        add("cached_input_tokens", BigDecimal.valueOf(row.cachedInputTokens()));
        add("reasoning_tokens", BigDecimal.valueOf(row.reasoningTokens()));
    }

    private void addValue(String of, BigDecimal credits, BigDecimal cost, String currency) {
        add(of + "credits", credits);
        if (!currency.isEmpty()) {
            add(of + "cost." + currency, cost);
        }
    }

    private void addServedValue(String of, JsonNode json) {
        add(of + "credits", number(json, "credits"));
        for (JsonNode money : json.path("cost")) {
            add(of + "cost." + money.path("currency").asText(), number(money, "amount"));
        }
    }

    private static BigDecimal number(JsonNode json, String name) {
        String text = json.path(name).asText();
        return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    }

    private void add(String name, BigDecimal number) {
        numbers.merge(name, number, BigDecimal::add);
    }

    /** Each that differs in what was served, by name. */
    List<Wrong> wrongIn(Figures served) {
        var names = new TreeSet<>(numbers.keySet());
        names.addAll(served.numbers.keySet());
        return names.stream()
                .map(name -> new Wrong(name, of(numbers, name), of(served.numbers, name)))
                .filter(each -> each.expected().compareTo(each.served()) != 0)
                .toList();
    }

    private static BigDecimal of(Map<String, BigDecimal> numbers, String name) {
        return numbers.getOrDefault(name, BigDecimal.ZERO);
    }
}
