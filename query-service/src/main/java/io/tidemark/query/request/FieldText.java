package io.tidemark.query.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What a text in a body may hold: characters that have a meaning everywhere, and not too many of them. */
final class FieldText {
    private FieldText() {}

    /**
     * Reads a text.
     *
     * @param longest in characters, not in UTF-16's halves of them
     * @return empty exactly when it added a fault
     */
    static Optional<String> read(JsonNode node, String pointer, int longest, Faults faults) {
        Optional<String> text = of(node, longest);
        if (text.isEmpty()) {
            faults.addAt(pointer, "must be a text of 1 to " + longest + " characters without control characters");
        }
        return text;
    }

    private static Optional<String> of(JsonNode node, int longest) {
        return node.isTextual() && isClean(node.textValue(), longest)
                ? Optional.of(node.textValue())
                : Optional.empty();
    }

    static boolean isClean(String text, int longest) {
        int length = text.codePointCount(0, text.length());
        return length >= 1 && length <= longest && text.codePoints().noneMatch(FieldText::unfit);
    }

    /** Half a surrogate pair cannot be written as UTF-8: it would come back as another text. */
    private static boolean unfit(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }
}
