package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;

/** Rows of an answer, for people: columns under their names, {@code -} where there is nothing. */
final class Table {
    private Table() {}

    static void print(CommandLine line, JsonNode answer, List<String> columns, boolean json) {
        var out = line.getOut();
        if (json) {
            out.println(answer);
        } else {
            var rows = new ArrayList<List<String>>();
            rows.add(columns);
            answer.path("data")
                    .forEach(row -> rows.add(
                            columns.stream().map(name -> cell(row.path(name))).toList()));
            rows.forEach(row -> out.println(aligned(row, rows)));
        }
        out.flush();
    }

    private static String cell(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(","));
        }
        return value.isNull() || value.isMissingNode() ? "-" : value.asText();
    }

    private static String aligned(List<String> row, List<List<String>> rows) {
        var text = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            int column = i;
            int width = rows.stream()
                    .mapToInt(each -> each.get(column).length())
                    .max()
                    .orElse(0);
            text.append(row.get(i)).append(" ".repeat(width + 2 - row.get(i).length()));
        }
        return text.toString().stripTrailing();
    }
}
