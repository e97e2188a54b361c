package io.tidemark.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many events a second a running instance takes over HTTP in batches of 100, while it counts them: {@code URL KEY [SECONDS
 * [CALLS_AT_ONCE [EVENTS_PER_SECOND]]]}, as many as it takes unless a rate is given. Says what was acknowledged and what was counted in the same time, and how long calls took.
 */
public final class HttpIngestion {
    private static final int CUSTOMERS = 1_000;
    private static final int BATCH = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Pattern COUNTED =
            Pattern.compile("(?m)^tidemark_records_total\\{[^}]*fate=\"counted\"[^}]*} ([0-9.E]+)$");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final String key;
    private final long perSecond;

    private HttpIngestion(String url, String key, long perSecond) {
        this.url = url;
        this.key = key;
        this.perSecond = perSecond;
    }

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 30;
        int atOnce = args.length > 3 ? Integer.parseInt(args[3]) : 4;
        var run = new HttpIngestion(args[0], args[1], args.length > 4 ? Long.parseLong(args[4]) : Long.MAX_VALUE);
        run.send(atOnce, WARM_UP);
        long counted = run.counted();
        long began = System.nanoTime();
        long[] took = run.send(atOnce, Duration.ofSeconds(seconds));
        long nanos = System.nanoTime() - began;
        long countedMeanwhile = run.counted() - counted;
        long sent = (long) took.length * BATCH;
        Arrays.sort(took);
        System.out.printf(
                "%d events in batches of %d, %d calls at once: acknowledged %d a second, counted meanwhile %d a second; a call took p50 %d ms, p99 %d ms, max %d ms%n",
                sent,
                BATCH,
                atOnce,
                perSecond(sent, nanos),
                perSecond(countedMeanwhile, nanos),
                millis(took[took.length / 2]),
                millis(took[took.length * 99 / 100]),
                millis(took[took.length - 1]));
    }

    private static long perSecond(long events, long nanos) {
        return events * TimeUnit.SECONDS.toNanos(1) / nanos;
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** How long each call took. */
    private long[] send(int atOnce, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        var pool = Executors.newFixedThreadPool(atOnce);
        try {
            var senders = new ArrayList<Future<List<Long>>>();
            for (int i = 0; i < atOnce; i++) {
                int sender = i;
                senders.add(pool.submit(() -> sendUntil(end, sender, atOnce)));
            }
            var all = new ArrayList<Long>();
            for (Future<List<Long>> one : senders) {
                all.addAll(one.get());
            }
            return all.stream().mapToLong(Long::longValue).toArray();
        } finally {
            pool.shutdown();
        }
    }

    private List<Long> sendUntil(long end, int sender, int senders) throws IOException, InterruptedException {
        var random = new Random(sender);
        var took = new ArrayList<Long>();
        long first = System.nanoTime();
        long every = TimeUnit.SECONDS.toNanos(1) / Math.max(1, perSecond / BATCH / senders);
        while (System.nanoTime() < end) {
            long early = perSecond == Long.MAX_VALUE ? 0 : first + took.size() * every - System.nanoTime();
            if (early > 0) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
            String body = body(random);
            long began = System.nanoTime();
            int status = post(body);
            took.add(System.nanoTime() - began);
            if (status != 202) {
                throw new IOException("answered " + status);
            }
        }
        return took;
    }

    private String body(Random random) {
        var body = new StringBuilder("[");
        for (int i = 0; i < BATCH; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"")
                    .append(Long.toHexString(random.nextLong()))
                    .append(Long.toHexString(System.nanoTime()))
                    .append("\",\"external_customer_id\":\"customer_")
                    .append(random.nextInt(CUSTOMERS))
                    .append("\",\"model\":\"gpt-x\",\"provider\":\"openai\",\"status\":\"success\",\"latency_ms\":")
                    .append(random.nextInt(2_000))
                    .append(",\"input_tokens\":")
                    .append(random.nextInt(5_000))
                    .append(",\"output_tokens\":")
                    .append(random.nextInt(1_000))
                    .append(
                            ",\"credits\":\"0.25\",\"cost\":\"0.0042\",\"currency\":\"USD\",\"tags\":{\"team\":\"search\"}}");
        }
        return body.append(']').toString();
    }

    private int post(String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/v1/requests/batch"))
                .header("X-Api-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private long counted() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + "/metrics"));
        String metrics = client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
        long all = 0;
        Matcher lines = COUNTED.matcher(metrics);
        while (lines.find()) {
            all += new java.math.BigDecimal(lines.group(1)).longValue();
        }
        return all;
    }
}
