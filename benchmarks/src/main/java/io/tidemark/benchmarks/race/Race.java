package io.tidemark.benchmarks.race;

import io.tidemark.benchmarks.course.Course;
import io.tidemark.benchmarks.course.CourseLayer;
import io.tidemark.benchmarks.course.Mix;
import io.tidemark.benchmarks.measuring.Directories;
import io.tidemark.benchmarks.measuring.Fetch;
import io.tidemark.benchmarks.measuring.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Runs the {@link Plan} and writes the {@link Report}; fails when anybody counted wrongly, or Tidemark was slower than it may be. */
public final class Race {
    private final Plan plan;
    private final Path scratch;
    private final List<Outcome> outcomes = new ArrayList<>();

    private Race(Plan plan, Path scratch) {
        this.plan = plan;
        this.scratch = scratch;
    }

    public static void main(String[] words) throws IOException, InterruptedException, ExecutionException {
        var plan = Plan.ofSystemProperties();
        Files.createDirectories(plan.results());
        Path scratch = Files.createTempDirectory("tidemark-race");
        var race = new Race(plan, scratch);
        var machine = Machine.now();
        try {
            race.run();
        } finally {
            // Also of those who arrived before somebody did not.
            Path report = new Report(plan, machine, race.outcomes).write();
            System.out.println("report: " + report.toAbsolutePath());
            Directories.delete(scratch);
        }
        if (!race.outcomes.stream().allMatch(Outcome::isRight)) {
            throw new IllegalStateException("not all counted the same: see the report");
        }
        race.mustBeFastEnough();
    }

    private void mustBeFastEnough() {
        if (plan.least() > 0 && !isFastEnough()) {
            throw new IllegalStateException(
                    "T / A is %.2f and may not be below %.2f: has something on the way of each event become slow?"
                            .formatted(ratio(), plan.least()));
        }
    }

    private boolean isFastEnough() {
        return ratio() >= plan.least();
    }

    private double ratio() {
        return Ratios.of(outcomes, Contestant.A).median();
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        for (Mix mix : plan.mixes()) {
            Path broker = Files.createDirectories(scratch.resolve(mix + "/broker"));
            try (var ground = GroundProcess.start(new JavaCommand(plan.classPath()), broker)) {
                var layer = new CourseLayer(ground.connection());
                Course course = layer.lay(mix, plan.eventsOf(mix), plan.seed(), Instant.now());
                System.out.printf("%s: %,d events of %.0f bytes are laid%n", mix, course.events(), course.bytes());
                for (Fetch fetch : plan.fetches()) {
                    rounds(ground, course, fetch);
                }
            }
            Directories.delete(broker);
        }
    }

    private void rounds(GroundProcess ground, Course course, Fetch fetch)
            throws IOException, InterruptedException, ExecutionException {
        var order = new ArrayList<>(plan.contestants());
        boolean enough = false;
        for (int round = 1; round <= plan.rounds() && !enough; round++) {
            for (Contestant contestant : order) {
                outcomes.add(one(ground, course, fetch, round, contestant));
                System.out.println(outcomes.get(outcomes.size() - 1).oneLine());
            }
            // Whatever else the machine does at times should not always meet the same one.
            Collections.rotate(order, 1);
            enough = plan.least() > 0 && isFastEnough();
        }
    }

    private Outcome one(GroundProcess ground, Course course, Fetch fetch, int round, Contestant contestant)
            throws IOException, InterruptedException, ExecutionException {
        String name = "%s-%s-%d-%s".formatted(course.mix(), fetch, round, contestant);
        Path directory = Files.createDirectories(scratch.resolve(name));
        var connection = ground.connection();
        var lane = new Lane(
                connection.kafka(),
                connection.registry(),
                ground.pid(),
                course,
                fetch,
                plan.commitMillis(),
                directory.toString());
        Path log = plan.results().resolve(name + ".log");
        var java = new JavaCommand(contestant.isPeer() ? plan.peersClassPath() : plan.classPath());
        int code = ended(
                java.of(contestant.main(), plan.heap(), List.of(lane.write().toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start());
        if (code != 0) {
            throw new IllegalStateException(contestant + " ended with " + code + ": see " + log);
        }
        var figures = lane.finished();
        Directories.delete(directory);
        new Sweep(connection.kafka()).after(course);
        return new Outcome(course, fetch, round, contestant, figures);
    }

    /** Its exit code. A race that is broken off takes the contestant with it. */
    private static int ended(Process process) throws InterruptedException {
        var breakOff = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(breakOff);
        int code = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(breakOff);
        return code;
    }
}
