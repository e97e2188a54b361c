package io.tidemark.benchmarks.reads;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** Many clients that listen to changes at once, in one thread: they take what they are sent and look at none of it. */
final class Crowd implements AutoCloseable {
    /** Of one key, at one instance. */
    private static final int OF_A_KEY = 100;

    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Thread thread = new Thread(this::read, "crowd");
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger ended = new AtomicInteger();

    private Crowd() throws IOException {}

    /**
     * All of them listen when this returns, or were refused.
     *
     * @param query of the n-th
     */
    static Crowd of(int many, URI instance, List<String> keys, IntFunction<String> query) throws IOException {
        var crowd = new Crowd();
        for (int i = 0; i < many; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(instance.getHost(), instance.getPort()));
            String head = "GET /api/v1/usage/stream?snapshot=false" + query.apply(i)
                    + " HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: " + keys.get(i / OF_A_KEY) + "\r\n\r\n";
            channel.write(ByteBuffer.wrap(head.getBytes(UTF_8)));
            channel.configureBlocking(false);
            channel.register(crowd.selector, SelectionKey.OP_READ);
            crowd.channels.add(channel);
        }
        crowd.thread.start();
        return crowd;
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        try {
            while (selector.isOpen()) {
                selector.select(key -> take((SocketChannel) key.channel(), buffer));
            }
        } catch (IOException | ClosedSelectorException closed) {
            // That is how it ends.
        }
    }

    private void take(SocketChannel channel, ByteBuffer buffer) {
        try {
            int read = channel.read(buffer.clear());
            if (read < 0) {
                ended.incrementAndGet();
                channel.close();
            } else {
                bytes.addAndGet(read);
            }
        } catch (IOException gone) {
            ended.incrementAndGet();
        }
    }

    long bytes() {
        return bytes.get();
    }

    int ended() {
        return ended.get();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
