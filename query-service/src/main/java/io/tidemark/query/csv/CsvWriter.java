package io.tidemark.query.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Rows of CSV as RFC 4180 has it: exact, and harmless where a spreadsheet opens them.
 *
 * <p>A text that a spreadsheet would take for a formula is led by an apostrophe (OWASP, CSV injection); a number never is. The dashboard's
 * {@code csv} has the same rule.
 */
public final class CsvWriter {
    private static final String BEGINS_A_FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private final CSVPrinter out;

    public CsvWriter(Appendable out) {
        try {
            this.out = new CSVPrinter(out, CSVFormat.RFC4180);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** The whole of a table. */
    public static String write(List<String> header, List<? extends List<? extends @Nullable Object>> rows) {
        var text = new StringBuilder();
        var csv = new CsvWriter(text);
        try {
            csv.row(header);
            for (List<? extends @Nullable Object> row : rows) {
                csv.row(row);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /**
     * Adds a row.
     *
     * @param cells texts, whole numbers, decimals (of which all digits are written) and times; null is empty
     * @throws IOException when it cannot be written
     */
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        for (Object cell : cells) {
            out.print(text(cell));
        }
        out.println();
    }

    private static String text(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        if (cell instanceof String text) {
            return harmless(text);
        }
        if (cell instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (cell instanceof Long || cell instanceof BigInteger) {
            return cell.toString();
        }
        if (cell instanceof OffsetDateTime time) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
        }
        throw new IllegalArgumentException("not a cell: " + cell.getClass());
    }

    private static String harmless(String text) {
        return !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
