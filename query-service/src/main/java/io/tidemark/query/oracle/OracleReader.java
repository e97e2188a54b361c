package io.tidemark.query.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads an oracle's file, customer by customer. Whatever is wrong with it is a {@link NotAnOracle}. */
public final class OracleReader implements AutoCloseable {
    private final Path file;
    private final BufferedReader in;
    private final Header header;
    private long number;
    private long rows;
    private @Nullable Row read;
    private @Nullable End end;

    private OracleReader(Path file, BufferedReader in) throws IOException {
        this.file = file;
        this.in = in;
        header = header(next());
        advance();
    }

    public static OracleReader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
            return new OracleReader(file, new BufferedReader(new InputStreamReader(plain, UTF_8)));
        } catch (IOException | RuntimeException broken) {
            bytes.close();
            throw broken;
        }
    }

    public Header header() {
        return header;
    }

    /** All rows of the next customer; empty at the end. */
    public Optional<List<Row>> nextCustomer() throws IOException {
        if (read == null) {
            return Optional.empty();
        }
        String customer = read.customer();
        var all = new ArrayList<Row>();
        while (read != null && read.customer().equals(customer)) {
            all.add(read);
            advance();
        }
        return Optional.of(all);
    }

    /** What the last line says, once all customers were read. */
    public End end() {
        if (end == null) {
            throw new IllegalStateException("there are customers left");
        }
        return end;
    }

    private void advance() throws IOException {
        OracleLine line = next();
        Row before = read;
        if (line.has("end")) {
            read = null;
            end = end(line);
            return;
        }
        Row row = row(line);
        line.require(before == null || Row.ORDER.compare(before, row) < 0, "is not behind the line before");
        line.require(row.customer().startsWith(header.prefix()), "is of a customer without the prefix");
        boolean inTime = !row.minute().isBefore(header.from()) && row.minute().isBefore(header.until());
        line.require(inTime, "lies outside of the time that the first line says");
        read = row;
        rows++;
    }

    private OracleLine next() throws IOException {
        number++;
        return OracleLine.parse(file + ": line " + number, in.readLine());
    }

    private static Header header(OracleLine line) {
        line.require(
                line.has("format") && line.text("format").equals(OracleWriter.FORMAT),
                "does not begin an oracle's file");
        line.require(line.count("layout") == OracleWriter.LAYOUT, "has a layout that this release does not know");
        return new Header(line.text("tenant"), line.text("prefix"), line.instant("from"), line.instant("until"));
    }

    private static Row row(OracleLine line) {
        return new Row(
                line.text("customer"),
                line.instant("minute"),
                line.text("kind"),
                line.text("meter"),
                line.textOrNull("currency"),
                line.count("count"),
                line.count("input_tokens"),
                line.count("output_tokens"),
                line.count("cached_input_tokens"),
                line.count("reasoning_tokens"),
                line.decimal("quantity"),
                line.decimal("credits"),
                line.decimal("cost"));
    }

    private End end(OracleLine line) {
        line.require(line.count("rows") == rows, "says another number of rows than there are");
        return new End(rows, line.count("events"), line.count("unacknowledged"), line.text("position"));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
