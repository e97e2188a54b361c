package io.tidemark.dev.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Holds each answer of a history to what it says of itself, by what is known to have been sent. */
final class HistoryCheck {
    private static final Set<Integer> STATUSES = Set.of(0, 200, 202, 429, 503);
    private static final Set<String> OUTCOMES = Set.of("", "counted", "duplicate", "pending");

    private final Ledger ledger;
    private final Map<String, Rule> rules = new LinkedHashMap<>();

    /** Whether a call is as it must be. */
    @FunctionalInterface
    private interface Rule {
        boolean holds(Call call);
    }

    HistoryCheck(Ledger ledger) {
        this.ledger = ledger;
        rules.put("is complete exactly when nothing is missing", HistoryCheck::isTrulyComplete);
        rules.put("asks no partition twice: never more than was sent", this::isNotMoreThanWasSent);
        rules.put("is not older than it says: holds what was appended before as_of", this::holdsWhatAsOfSays);
        rules.put("says no as_of of the future", call -> !call.said().asOf().isAfter(call.end()));
        rules.put(
                "holds what its position says", call -> holds(call, call.said().position()));
        rules.put("holds what was written before it was asked after that", call -> holds(call, call.after()));
        rules.put("has a position that contains the one it was asked after", this::contains);
    }

    /** Every call that breaks a rule, in words. */
    List<String> faults(List<Call> calls) {
        var faults = new ArrayList<String>();
        rules.forEach((name, rule) -> add(calls.stream().filter(Call::isAnswer), name, rule, faults));
        add(calls.stream(), "is an answer, or says to come again", call -> STATUSES.contains(call.status()), faults);
        add(accepted(calls), "is counted when it was accepted", call -> OUTCOMES.contains(outcome(call)), faults);
        faults.addAll(countedTwice(calls));
        return faults;
    }

    private static void add(Stream<Call> calls, String name, Rule rule, List<String> faults) {
        calls.filter(call -> !rule.holds(call)).forEach(call -> faults.add("not true that it " + name + ": " + call));
    }

    private static Stream<Call> accepted(List<Call> calls) {
        return calls.stream().filter(call -> call.kind() == Call.Kind.WRITE && call.status() == 202);
    }

    private static boolean isTrulyComplete(Call call) {
        List<Integer> missing = call.said().missing();
        return call.said().complete() == missing.isEmpty()
                && new HashSet<>(missing).size() == missing.size()
                && missing.stream().allMatch(one -> one >= 0 && one < Cluster.PARTITIONS);
    }

    private boolean isNotMoreThanWasSent(Call call) {
        long end = call.end().toEpochMilli();
        long requests = sum(call, (group, partition) -> ledger.begunBy(group, 1, end));
        long usage = sum(call, (group, partition) -> ledger.begunBy(group, 2, end));
        return call.said().requests() <= requests
                && (call.kind() == Call.Kind.BY_CUSTOMER || call.said().events() <= requests + usage);
    }

    private boolean holdsWhatAsOfSays(Call call) {
        long asOf = call.said().asOf().toEpochMilli();
        return isAtLeast(
                call,
                sum(call, (group, partition) -> ledger.appendedBefore(group, 1, asOf)),
                sum(call, (group, partition) -> ledger.appendedBefore(group, 2, asOf)));
    }

    private boolean holds(Call call, String position) {
        if (position.isEmpty()) {
            return true;
        }
        Places places = Places.parse(position);
        return isAtLeast(
                call,
                sum(call, (group, partition) -> ledger.atOrBefore(group, 1, places.of(1, partition))),
                sum(call, (group, partition) -> ledger.atOrBefore(group, 2, places.of(2, partition))));
    }

    private static boolean isAtLeast(Call call, long requests, long usage) {
        return call.said().requests() >= requests
                && (call.kind() == Call.Kind.BY_CUSTOMER || call.said().events() >= requests + usage);
    }

    /** Over the partitions that the answer tells of. */
    private long sum(Call call, ToLongBiFunction<String, Integer> of) {
        Set<Integer> missing = Set.copyOf(call.said().missing());
        if (call.kind() == Call.Kind.CUSTOMER) {
            int partition = ledger.partition(call.tenant(), call.customer());
            return missing.contains(partition)
                    ? 0
                    : of.applyAsLong(Ledger.ofCustomer(call.tenant(), call.customer()), partition);
        }
        return IntStream.range(0, ledger.partitions())
                .filter(partition -> !missing.contains(partition))
                .mapToLong(partition -> of.applyAsLong(Ledger.ofPartition(call.tenant(), partition), partition))
                .sum();
    }

    private boolean contains(Call call) {
        if (call.after().isEmpty()) {
            return true;
        }
        Places has = Places.parse(call.said().position());
        return Places.parse(call.after()).all().stream()
                .filter(one -> !call.said().missing().contains(one.partition()))
                .allMatch(one -> has.of(one.topic(), one.partition()) >= one.offset());
    }

    /** What was heard of an event that was accepted: may be empty. */
    private static String outcome(Call call) {
        return call.body().substring(0, call.body().indexOf(' '));
    }

    private static String id(Call call) {
        return call.tenant() + "/" + call.body().substring(call.body().indexOf(' ') + 1);
    }

    /** Of one event nobody hears twice that it was counted now. */
    private static List<String> countedTwice(List<Call> calls) {
        var counted = new HashSet<String>();
        return accepted(calls)
                .filter(call -> outcome(call).equals("counted") && !counted.add(id(call)))
                .map(call -> "counted twice: " + call)
                .toList();
    }
}
