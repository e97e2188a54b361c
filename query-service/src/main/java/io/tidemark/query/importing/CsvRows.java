package io.tidemark.query.importing;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** CSV as RFC 4180 has it, with a header. */
final class CsvRows implements Rows {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

    private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n?|\\n");

    private final Path path;
    private final Bounded in;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final Columns columns;
    private final Chain chain = new Chain();
    private long number;

    private CsvRows(Path path, Bounded in, CSVParser parser) throws IOException {
        this.path = path;
        this.in = in;
        this.parser = parser;
        records = parser.iterator();
        List<String> header = record().orElseThrow(() -> new CannotImport(path + " has no header"));
        chain.add(header);
        columns = Columns.of(header);
    }

    static CsvRows open(Path path) throws IOException {
        var in = new Bounded(Utf8.open(path));
        try {
            return new CsvRows(path, in, CSVParser.parse(in, FORMAT));
        } catch (IOException | RuntimeException failed) {
            in.close();
            throw failed;
        }
    }

    @Override
    public Optional<Row> next() throws IOException {
        Optional<List<String>> record = record();
        // Spreadsheets end with rows of commas.
        while (record.isPresent() && record.get().stream().allMatch(String::isEmpty)) {
            record = record();
        }
        return record.map(this::row);
    }

    private Row row(List<String> cells) {
        number++;
        return new Row(number, line(cells), chain.add(cells), columns.object(cells), faults(cells), true);
    }

    private List<RowFault> faults(List<String> cells) {
        return cells.size() == columns.size()
                ? List.of()
                : List.of(new RowFault("", "has " + cells.size() + " cells, the header " + columns.size()));
    }

    /** Where it begins: the parser is where it ends. */
    private long line(List<String> cells) {
        return parser.getCurrentLineNumber()
                - cells.stream()
                        .mapToLong(cell -> LINE_BREAK.matcher(cell).results().count())
                        .sum();
    }

    private Optional<List<String>> record() throws IOException {
        long line = parser.getCurrentLineNumber();
        in.allowAnother();
        try {
            return records.hasNext() ? Optional.of(records.next().toList()) : Optional.empty();
        } catch (UncheckedIOException failed) {
            Throwable why = failed.getCause();
            if (why instanceof CharacterCodingException) {
                throw Utf8.malformed(path);
            }
            throw malformed("is not CSV after line " + line + ": " + (why == null ? failed : why).getMessage());
        } catch (TooLong tooLong) {
            throw malformed("has a row of more than " + LONGEST + " characters after line " + line);
        }
    }

    /** Nobody can tell where the next row begins. */
    private CannotImport malformed(String how) {
        return new CannotImport(path + " " + how + " (a quote within quotes is written twice)");
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Ends a row that does not end: after a quote that nobody closed the parser would take all that follows into memory. */
    private static final class Bounded extends FilterReader {
        private long read;
        private long mayRead;

        Bounded(Reader in) {
            super(in);
        }

        void allowAnother() {
            mayRead = read + LONGEST;
        }

        @Override
        public int read(char[] characters, int offset, int length) throws IOException {
            if (read > mayRead) {
                throw new TooLong();
            }
            int count = super.read(characters, offset, length);
            read += Math.max(0, count);
            return count;
        }

        @Override
        public int read() throws IOException {
            var one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }
    }
}
