package io.tidemark.query.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidemark.query.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * How far an import is, on disk: a line that says which import it is, and then lines of how far, of which the last holds. Lines are
 * only added, so that a process that is killed leaves at worst half a line, which does not count.
 *
 * <p>Whoever has it open has it alone.
 */
final class ProgressFile implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final FileChannel file;
    private final Optional<Target> target;
    private final Checkpoint last;
    private long end;

    private record Read(Optional<Target> target, Checkpoint last, long end) {}

    private ProgressFile(Path path, FileChannel file, Read read) {
        this.path = path;
        this.file = file;
        target = read.target();
        last = read.last();
        end = read.end();
    }

    static ProgressFile open(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() == null) {
                throw inUse(path);
            }
            return new ProgressFile(path, file, read(path, file));
        } catch (OverlappingFileLockException same) {
            file.close();
            throw inUse(path);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    private static CannotImport inUse(Path path) {
        return new CannotImport("another import is at work on " + path);
    }

    /** A file that is not ours is not written over. */
    private static Read read(Path path, FileChannel file) throws IOException {
        Reader whole = Channels.newReader(file, UTF_8);
        var lines = new BufferedReader(whole);
        String first = lines.readLine();
        if (first == null || file.size() == 0) {
            return new Read(Optional.empty(), Checkpoint.START, 0);
        }
        Target target = Target.of(json(first))
                .orElseThrow(() -> new CannotImport(path + " is not of an import; --progress names another file"));
        var last = Checkpoint.START;
        long end = first.getBytes(UTF_8).length + 1L;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Optional<Checkpoint> next = Checkpoint.of(json(line));
            long after = end + line.getBytes(UTF_8).length + 1L;
            if (next.isEmpty() || after > file.size()) {
                break;
            }
            last = next.get();
            end = after;
        }
        return new Read(Optional.of(target), last, end);
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException torn) {
            return MissingNode.getInstance();
        }
    }

    /** Which import it is of; empty where none was begun. */
    Optional<Target> target() {
        return target;
    }

    /** How far it is by its last line. */
    Checkpoint last() {
        return last;
    }

    /** Forgets what there was. */
    void begin(Target fresh) throws IOException {
        end = 0;
        write(Json.write(fresh.line()));
    }

    void write(Checkpoint checkpoint) throws IOException {
        write(Json.write(checkpoint.line()));
    }

    private void write(String line) throws IOException {
        file.truncate(end);
        byte[] bytes = (line + "\n").getBytes(UTF_8);
        for (var left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
            file.write(left, end + left.position());
        }
        end += bytes.length;
    }

    @Override
    public void close() throws IOException {
        if (end == 0) {
            Files.delete(path);
        } else {
            file.force(true);
        }
        file.close();
    }
}
