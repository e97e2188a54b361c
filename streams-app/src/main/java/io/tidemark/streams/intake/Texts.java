package io.tidemark.streams.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Readers of the fields that hold text. */
final class Texts {
    private final Field field;
    private final Schema writer;
    private final Content content = new Content();

    Texts(Field field, Schema writer) {
        this.field = field;
        this.writer = writer;
    }

    /** Reads the text. */
    FieldReader kept() {
        requireText(writer);
        @Nullable KnownTexts known = field.comesAgain() ? new KnownTexts() : null;
        return (in, out) -> {
            int from = in.at();
            String value = known == null ? in.readText() : in.readText(known);
            out.text(field, value);
            if (field.mark() > 0 && !value.isEmpty()) {
                int start = startOfText(in.bytes(), from);
                out.content(content.ofBytes(field.mark(), in.bytes(), start, in.at() - start));
            }
        };
    }

    /** Takes the text into the content hash alone. */
    FieldReader hashed() {
        requireText(writer);
        return (in, out) -> {
            int length = in.readLength();
            if (length > 0) {
                out.content(content.ofBytes(field.mark(), in.bytes(), in.at(), length));
            }
            in.skip(length);
        };
    }

    /** Takes a map of text to text into the content hash. */
    FieldReader labels() {
        FieldReader.require(writer, field, Schema.Type.MAP);
        requireText(writer.getValueType());
        return (in, out) -> {
            for (long count = Skip.itemsOfBlock(in); count != 0; count = Skip.itemsOfBlock(in)) {
                for (long i = 0; i < count; i++) {
                    long key = share(in);
                    out.content(content.ofEntry(field.mark(), key, share(in)));
                }
            }
        };
    }

    /** Keeps a text that nothing was asked of when it was counted: what is no UTF-8 in it is shown as such. */
    FieldReader shown() {
        requireText(writer);
        return (in, out) -> out.text(field, shown(in));
    }

    /** The same of a map of text to text. */
    FieldReader shownLabels() {
        FieldReader.require(writer, field, Schema.Type.MAP);
        requireText(writer.getValueType());
        return (in, out) -> {
            for (long count = Skip.itemsOfBlock(in); count != 0; count = Skip.itemsOfBlock(in)) {
                for (long i = 0; i < count; i++) {
                    String name = shown(in);
                    out.label(name, shown(in));
                }
            }
        };
    }

    private static String shown(AvroCursor in) {
        int length = in.readLength();
        int from = in.at();
        in.skip(length);
        return new String(in.bytes(), from, length, UTF_8);
    }

    private long share(AvroCursor in) {
        int length = in.readLength();
        int from = in.at();
        in.skip(length);
        return content.ofBytes(0, in.bytes(), from, length);
    }

    private void requireText(Schema schema) {
        FieldReader.require(schema, field, Schema.Type.STRING, Schema.Type.BYTES);
    }

    /** Where the text begins whose length prefix stands at {@code prefix}. */
    private static int startOfText(byte[] bytes, int prefix) {
        int at = prefix;
        while (bytes[at] < 0) {
            at++;
        }
        return at + 1;
    }
}
