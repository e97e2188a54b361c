package io.tidemark.benchmarks.race;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where and when a race began.
 *
 * @param load how many processes wanted a core in the minute before; more than a few means that the figures are no good
 */
record Machine(Instant at, String commit, String processor, int cores, long memoryMegabytes, String java, double load) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final int MEGABYTE = 20;

    static Machine now() throws IOException, InterruptedException {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return new Machine(
                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                askGit(),
                nameOfProcessor(),
                system.getAvailableProcessors(),
                system.getTotalMemorySize() >> MEGABYTE,
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version") + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                loadNow());
    }

    static double loadNow() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String askGit() throws IOException, InterruptedException {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*").start();
            String said = new String(git.getInputStream().readAllBytes(), UTF_8).trim();
            return git.waitFor() == 0 ? said : "unknown";
        } catch (IOException noGit) {
            return "unknown";
        }
    }

    private static String nameOfProcessor() throws IOException {
        if (!Files.isReadable(PROCESSORS)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(PROCESSORS).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
