package io.tidemark.query.http;

import java.time.Duration;

/**
 * What one client may take from the others.
 *
 * @param connections how many are open at once; further ones wait in the operating system's queue
 * @param idle how long a connection may stay silent
 * @param headers how long request line and headers may take, however steadily they trickle
 * @param body how long a body may take, however slowly it comes
 * @param bodyBytesPerSecond how fast it must come at least, if it takes longer
 * @param bodyBytesInAll how much of bodies is held in memory at once, of all requests together
 */
public record Limits(
        int connections, Duration idle, Duration headers, Duration body, int bodyBytesPerSecond, long bodyBytesInAll) {
    /** Of all bodies that are held at once: 64 MiB. */
    public static final long BODY_BYTES_IN_ALL = 64L << 20;

    /** Of the connections, those whose clients listen to what changes. */
    public static final int STREAMS = 1500;

    /** 2500 connections, 10 s of silence, 10 s for the headers, 5 s for a body or 500 B/s. */
    public static final Limits DEFAULT =
            new Limits(2500, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5), 500);

    /** Of a request body, 1 MiB. */
    public static final int BODY_BYTES = 1 << 20;

    /** Of a body that holds many events, 8 MiB. */
    public static final int BATCH_BYTES = 8 << 20;

    /** Of request line and headers together, 16 KiB. */
    public static final int HEADER_BYTES = 16 << 10;

    public Limits(int connections, Duration idle, Duration headers, Duration body, int bodyBytesPerSecond) {
        this(connections, idle, headers, body, bodyBytesPerSecond, BODY_BYTES_IN_ALL);
    }

    /** The same with another bound on all bodies together. */
    public Limits withBodyBytesInAll(long bytes) {
        return new Limits(connections, idle, headers, body, bodyBytesPerSecond, bytes);
    }
}
