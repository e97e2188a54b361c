package io.tidemark.streams.dedupe;

import io.tidemark.benchmarks.SampleCustomers;
import io.tidemark.streams.MeteringSettings.IdForm;
import io.tidemark.streams.roster.HeldCustomers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Many ids in the stores of several tasks, arrived over 35 days: what it takes to keep them, to open them again, and to ask, with memory for all
 * and with none. Nothing but the stores: no Kafka, no log.
 */
public final class ManyIds {
    private static final long BEGIN = 1_790_000_000_000L;
    private static final long REACH = Duration.ofDays(35).toMillis();
    private static final int COMMIT = 2_000;
    private static final int QUESTIONS = 200_000;
    private static final long SHIPPED = 256L << 20;
    private static final long ALL = 1L << 40;

    private final List<IdShelf> shelves = new ArrayList<>();
    private final HeldCustomers roster = new HeldCustomers();
    private final Path directory;
    private final long each;
    private final IdForm form;

    private ManyIds(Path directory, int tasks, long each, IdForm form) {
        this.directory = directory;
        this.each = each;
        this.form = form;
        for (int task = 0; task < tasks; task++) {
            shelves.add(new IdShelf(directory.resolve("task" + task)));
        }
    }

    /**
     * Words: how many ids in all (10,000,000), in how many tasks (1), in which form (blocks), and beside how many customers, of whom an instance holds every one (0); with any,
     * ids have as much memory as is shipped, and nothing else is tried.
     */
    public static void main(String[] args) throws IOException {
        long ids = args.length > 0 ? Long.parseLong(args[0]) : 10_000_000;
        int tasks = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        IdForm form = args.length > 2 && args[2].equals("records") ? IdForm.RECORDS : IdForm.BLOCKS;
        int customers = args.length > 3 ? Integer.parseInt(args[3]) : 0;
        var many = new ManyIds(Files.createTempDirectory("tidemark-ids"), tasks, ids / tasks, form);
        if (customers > 0) {
            many.hold(customers);
            many.fill(SHIPPED);
            many.open("256 MiB, as shipped", SHIPPED);
        } else {
            many.fill(ALL);
            many.open("memory for all", ALL);
            if (form == IdForm.BLOCKS) {
                many.open("256 MiB, as shipped", SHIPPED);
                many.open("no memory", 0);
            }
        }
    }

    private void hold(int customers) {
        var samples = new SampleCustomers(1);
        for (int i = 0; i < customers; i++) {
            roster.put(samples.customer(i));
        }
        roster.caughtUp();
    }

    private void fill(long bytes) {
        var memory = new IdsMemory(bytes);
        long began = System.nanoTime();
        for (IdShelf shelf : shelves) {
            SeenIds seen = shelf.open(form, memory);
            for (long i = 0; i < each; i++) {
                seen.put(IdShelf.id(i), IdShelf.sight(i), arrival(i));
                if (i % COMMIT == 0) {
                    seen.write();
                }
            }
            seen.write();
            shelf.settle();
        }
        long nanos = System.nanoTime() - began;
        System.out.printf(
                "%,d ids in %d tasks put in %.1f s, %.2f us each; %,d MB on disk%n",
                each * shelves.size(),
                shelves.size(),
                nanos / 1e9,
                nanos / 1e3 / (each * shelves.size()),
                onDisk() >> 20);
    }

    private void open(String what, long bytes) throws IOException {
        var memory = new IdsMemory(bytes);
        long began = System.nanoTime();
        List<SeenIds> opened = new ArrayList<>();
        shelves.forEach(shelf -> opened.add(shelf.open(form, memory)));
        long ready = System.nanoTime();
        // Twice: the first is with a young compiler.
        long fresh = Math.min(ask(opened, each), ask(opened, 2 * each));
        long repeats = ask(opened, 0);
        System.gc();
        System.out.printf(
                "%s: opened in %.2f s; a new id %.2f us, a repeat %.2f us; heap %,d MB, resident %,d MB%n",
                what, (ready - began) / 1e9, fresh / 1e3, repeats / 1e3, heap() >> 20, resident() >> 10);
        opened.forEach(SeenIds::close);
    }

    /** What a question takes, in nanoseconds. */
    private long ask(List<SeenIds> opened, long from) {
        long began = System.nanoTime();
        long found = 0;
        for (long i = 0; i < QUESTIONS; i++) {
            SeenIds seen = opened.get((int) (i % opened.size()));
            long number = from + (i * 1_299_709) % each;
            found += seen.find(IdShelf.id(number), arrival(each)) == null ? 0 : 1;
        }
        if (found != (from == 0 ? QUESTIONS : 0)) {
            throw new IllegalStateException("found " + found);
        }
        return (System.nanoTime() - began) / QUESTIONS;
    }

    private long arrival(long number) {
        return BEGIN + REACH * number / each;
    }

    private long onDisk() {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long heap() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** In KiB, where there is such a file. */
    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                : 0;
    }
}
