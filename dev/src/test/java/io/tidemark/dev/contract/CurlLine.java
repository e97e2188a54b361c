package io.tidemark.dev.contract;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command line of curl, as far as the examples go: a method, headers, a body and a URL. */
record CurlLine(String method, URI url, List<Map.Entry<String, String>> headers, String body) {

    static CurlLine parse(String command) {
        List<String> words = words(command);
        String method = "";
        String url = "";
        String body = "";
        var headers = new ArrayList<Map.Entry<String, String>>();
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-X" -> method = words.get(++i);
                case "-d" -> body = words.get(++i);
                case "-H" -> {
                    String[] header = words.get(++i).split(":", 2);
                    headers.add(Map.entry(header[0], header[1].strip()));
                }
                default -> url = words.get(i);
            }
        }
        if (!words.get(0).equals("curl") || url.isEmpty()) {
            throw new IllegalArgumentException("not a call of curl: " + command);
        }
        return new CurlLine(
                method.isEmpty() ? body.isEmpty() ? "GET" : "POST" : method, URI.create(url), headers, body);
    }

    /** As a shell cuts them; a backslash outside of quotes is the end of a line, also where the page lost the end. */
    private static List<String> words(String command) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (char next : (command + " ").toCharArray()) {
            if (quote != 0 && next == quote) {
                quote = 0;
            } else if (quote == 0 && (next == '"' || next == '\'')) {
                quote = next;
                begun = true;
            } else if (quote == 0 && (Character.isWhitespace(next) || next == '\\')) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(next);
                begun = true;
            }
        }
        return words;
    }
}
