package io.tidemark.query.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.query.http.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report of what was refused, a line of JSON for each row, in the order of the file. There is none where nothing was. */
final class RefusedFile implements AutoCloseable {
    static final String LINE = "line";
    static final String FAULTS = "faults";
    static final String ROW = "row";

    private final Path path;
    private @Nullable FileChannel out;
    private long bytes;

    /**
     * Goes on with a report.
     *
     * @param bytes of what is known to be in it; what follows is of rows that will be sent again
     */
    RefusedFile(Path path, long bytes) throws IOException {
        this.path = path;
        this.bytes = bytes;
        long there = Files.exists(path) ? Files.size(path) : 0;
        if (there < bytes) {
            throw new CannotImport(path + " is shorter than it was: what was refused is not known any more."
                    + " --restart begins from the first row");
        }
        if (there > bytes) {
            open().truncate(bytes);
        }
    }

    void add(Row row, RowOutcome.Refused refused) throws IOException {
        byte[] line = (text(row, refused) + "\n").getBytes(UTF_8);
        FileChannel file = open();
        for (var left = ByteBuffer.wrap(line); left.hasRemaining(); ) {
            file.write(left, bytes + left.position());
        }
        bytes += line.length;
    }

    static String text(Row row, RowOutcome.Refused refused) {
        var line = new LinkedHashMap<String, @Nullable Object>();
        line.put(LINE, row.line());
        line.put("external_id", row.externalId().orElse(null));
        line.put("status", refused.status().isPresent() ? refused.status().getAsInt() : null);
        line.put(FAULTS, faults(refused));
        line.put(ROW, row.content());
        return Json.write(line);
    }

    private static List<Map<String, String>> faults(RowOutcome.Refused refused) {
        var faults = new ArrayList<Map<String, String>>();
        for (RowFault fault : refused.faults()) {
            var one = new LinkedHashMap<String, String>();
            one.put("column", fault.column());
            one.put("message", fault.message());
            faults.add(one);
        }
        return faults;
    }

    long bytes() {
        return bytes;
    }

    private FileChannel open() throws IOException {
        if (out == null) {
            out = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        return out;
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.force(true);
            out.close();
        }
    }
}
