package io.tidemark.query.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Standard output, which says when nobody reads it any more; a {@link PrintWriter} keeps that to itself. It stays open. */
final class StandardOutput extends Writer {
    private final PrintWriter out;

    StandardOutput(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        out.write(characters, offset, length);
        flush();
    }

    @Override
    public void flush() throws IOException {
        if (out.checkError()) {
            throw new IOException("standard output was closed before the end");
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
