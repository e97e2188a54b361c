package io.tidemark.streams.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.schemas.Headers;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.guarantees.Oracle.Refused;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import io.tidemark.streams.reconciliation.Balance;
import io.tidemark.streams.reconciliation.Reconciliation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** Everything in which the machine and the oracle differ, in words. */
final class Comparison {
    private static final int MOST_SAID = 20;

    private final Machine machine;
    private final Oracle oracle;
    private final Calendar calendar;
    private final Set<String> differences = new TreeSet<>();

    Comparison(Machine machine, Oracle oracle, Calendar calendar) {
        this.machine = machine;
        this.oracle = oracle;
        this.calendar = calendar;
    }

    List<String> differences() {
        return differences.stream().limit(MOST_SAID).toList();
    }

    /** Whether every record read came to exactly one fate, and to the right one. */
    void accounts() {
        for (Progress progress : machine.progress()) {
            String topic = progress.source().name().toLowerCase(Locale.ROOT);
            long fates = 0;
            for (Fate fate : Fate.values()) {
                fates += progress.count(fate);
                same(topic + " " + fate.label(), oracle.count(topic, fate.label()), progress.count(fate));
            }
            same(topic + " read", oracle.count(topic, "read"), progress.read());
            same(topic + " read and the sum of what became of it", progress.read(), fates);
            same(topic + " offset", oracle.count(topic, "read") - 1, progress.offset());
            if (progress.source() == Source.REKEY) {
                same("rekeyed", 0L, progress.read());
            }
        }
    }

    /** Whether the books balance, and say of each hour what came of its records. */
    void hours() {
        Reconciliation books = machine.reconciled();
        same("imbalances", List.of(), books.imbalances());
        var found = new TreeMap<String, Long>();
        for (Reconciliation.HourRow row : books.hours()) {
            String at = row.hour() + " " + row.topic().substring("tidemark.".length()) + " ";
            Balance came = row.balance();
            note(found, at + "read", came.read());
            note(found, at + "counted", came.counted());
            note(found, at + "duplicate", came.duplicate());
            note(found, at + "conflict", came.conflict());
            note(found, at + "rejected", came.rejected());
            note(found, at + "rekeyed", came.rekeyed());
            note(found, at + "parked", came.parked());
        }
        same("hours", oracle.hours(), found);
    }

    private static void note(Map<String, Long> found, String what, long count) {
        if (count != 0) {
            found.put(what, count);
        }
    }

    void rejections() {
        var found = new TreeMap<String, TestRecord<byte[], byte[]>>();
        for (TestRecord<byte[], byte[]> record : machine.rejected()) {
            String at = header(record, Headers.TOPIC).substring("tidemark.".length()) + "@"
                    + header(record, Headers.OFFSET);
            if (found.put(at, record) != null) {
                differences.add(at + " was refused twice");
            }
        }
        same("refused", oracle.refused().keySet(), found.keySet());
        found.forEach((at, record) -> {
            Refused wanted = oracle.refused().get(at);
            if (wanted != null) {
                rejection(at, wanted, record);
            }
        });
    }

    private void rejection(String at, Refused wanted, TestRecord<byte[], byte[]> record) {
        var reasons = new TreeSet<String>();
        for (String line : header(record, Headers.FAULTS).split("\n", -1)) {
            reasons.add(line.substring(0, line.indexOf(':')));
        }
        same(at + " reasons", new TreeSet<>(wanted.reasons()), reasons);
        if (!reasons.contains(header(record, Headers.REASON))) {
            differences.add(at + " names another first reason: " + header(record, Headers.REASON));
        }
        byte[] sent = wanted.sent().value();
        byte @Nullable [] kept = sent != null && sent.length > 256 * 1024 ? Arrays.copyOf(sent, 4 * 1024) : sent;
        if (!Arrays.equals(kept, record.value()) || !Arrays.equals(wanted.sent().key(), record.key())) {
            differences.add(at + " was not kept as it came");
        }
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    /** One customer over one period: the sums of all, of each meter, and the period itself. */
    void customer(String tenant, String customer, Period asked) {
        Answer<CustomerUsage> answer = machine.usage().ofCustomer(tenant, customer, asked, Wait.NOT);
        String question = tenant + " " + customer + " " + asked;
        Predicate<Told> his = told -> told.tenant.equals(tenant) && told.customer.equals(customer);
        if (oracle.counted().stream().noneMatch(his)) {
            same(question, new Answer.NotFound<CustomerUsage>(), answer);
            return;
        }
        if (!(answer instanceof Answer.Found<CustomerUsage> found)) {
            differences.add(question + ": " + answer);
            return;
        }
        CustomerUsage used = found.value();
        same(question + " period", calendar.answered(asked), used.period());
        var all = new Tally();
        Map<String, Tally> meters = new TreeMap<>();
        for (Told told : within(used.period(), his)) {
            all.add(told);
            meters.computeIfAbsent(told.series(), any -> new Tally()).add(told);
        }
        same(question + " requests", all.requests, used.requests());
        check(question + " all", all, used.all());
        same(question + " meters", new ArrayList<>(meters.keySet()), names(used));
        for (MeterUsage meter : used.meters()) {
            check(question + " " + name(meter), meters.getOrDefault(name(meter), new Tally()), meter.sums());
        }
    }

    private static List<String> names(CustomerUsage used) {
        return used.meters().stream().map(Comparison::name).toList();
    }

    private static String name(MeterUsage meter) {
        return meter.kind() + "/" + meter.meter();
    }

    /** The events the oracle counted within a period. */
    List<Told> within(Period period, Predicate<Told> which) {
        return oracle.counted().stream()
                .filter(which)
                .filter(told -> isWithin(period, told))
                .toList();
    }

    private static boolean isWithin(Period period, Told told) {
        Instant occurred = Instant.EPOCH.plus(told.occurredMicros, ChronoUnit.MICROS);
        return !occurred.isBefore(period.from()) && occurred.isBefore(period.to());
    }

    /** Whom the oracle knows, by tenant. */
    Map<String, Set<String>> customers() {
        var customers = new TreeMap<String, Set<String>>();
        oracle.counted()
                .forEach(told -> customers
                        .computeIfAbsent(told.tenant, any -> new HashSet<>())
                        .add(told.customer));
        return customers;
    }

    void check(String what, Tally wanted, io.tidemark.streams.reading.Sums found) {
        if (!wanted.equalTo(found)) {
            differences.add(what + ": wanted " + wanted + ", found " + found);
        }
    }

    void same(String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            differences.add(what + ": wanted " + wanted + ", found " + found);
        }
    }
}
