package io.tidemark.query.exporting;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/**
 * A file that is there whole or not at all: it grows under another name beside it, and is given its own when it is on the disk. Ctrl-C takes it away; {@code kill
 * -9} leaves the other name, {@code .NAME.….part}.
 */
public final class WholeFile implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private final Writer writer;
    private final Thread hook = new Thread(this::giveUp, "give-up-export");
    private boolean ended;

    private WholeFile(Path target, Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
        writer = new BufferedWriter(new OutputStreamWriter(Channels.newOutputStream(channel), UTF_8));
    }

    /** What is wrong with a path before anything is written. */
    public static void check(Path target, List<String> faults) {
        Path directory = target.toAbsolutePath().getParent();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            faults.add(target + " is there and no file");
        } else if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            faults.add(target + " cannot be made: " + directory + " is no directory that may be written to");
        }
    }

    /** Begins one; a file of that name stays what it is until this one is whole. */
    public static WholeFile at(Path path) throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        var file = new WholeFile(
                target, part, FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        Runtime.getRuntime().addShutdownHook(file.hook);
        return file;
    }

    public Writer writer() {
        return writer;
    }

    /** It is all there now. */
    public synchronized void keep() throws IOException {
        if (ended) {
            throw new IOException("it was given up");
        }
        writer.flush();
        channel.force(true);
        channel.close();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        ended = true;
    }

    private synchronized void giveUp() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            channel.close();
            Files.deleteIfExists(part);
        } catch (IOException left) {
            System.err.println("error: " + part + " is left behind: " + left);
        }
    }

    @Override
    public void close() {
        giveUp();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException itRuns) {
            // It finds nothing to do.
        }
    }
}
