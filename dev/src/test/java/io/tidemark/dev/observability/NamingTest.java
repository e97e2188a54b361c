package io.tidemark.dev.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingTest {

    @ParameterizedTest
    @CsvSource({
        "tidemark_records, counter, Records, fate, counters alone end in _total",
        "tidemark_lag_total, gauge, Records, topic, counters alone end in _total",
        "tidemark_wait_ms, gauge, How long, topic, no base unit: ms",
        "tidemark_free_megabytes, gauge, Room, topic, no base unit: megabytes",
        "tidemark_wait, summary, How long, topic, without a unit",
        "tidemark_thread_count, gauge, Threads, topic, of a histogram",
        "tidemark_Lag, gauge, Records, topic, lower case",
        "tidemark_lag, gauge, '', topic, no help",
        "tidemark_lag, gauge, tidemark_lag, topic, no help",
        "tidemark_lag, gauge, Records, customer, which may name anybody",
        "tidemark_lag, gauge, Records, tenant, which may name anybody"
    })
    void findsWhatIsAgainstTheConventions(String family, String type, String help, String label, String fault) {
        assertThat(Naming.faults(served(family, type, help, label))).anyMatch(found -> found.contains(fault));
    }

    @Test
    void findsNothingInWhatIsRight() {
        assertThat(Naming.faults(served("tidemark_records_total", "counter", "Records", "fate")))
                .isEmpty();
        assertThat(Naming.faults(served("tidemark_state_free_bytes", "gauge", "Room", "topic")))
                .isEmpty();
    }

    /** They are Kafka's and Micrometer's to name. */
    @Test
    void leavesTheNamesOfOthersAlone() {
        assertThat(Naming.faults(served("process_cpu_time_ns_total", "counter", "", "client_id")))
                .isEmpty();
    }

    private static Exposition served(String family, String type, String help, String label) {
        return Exposition.read("# HELP " + family + " " + help + "\n# TYPE " + family + " " + type + "\n" + family + "{"
                + label + "=\"a\"} 1.0\n");
    }
}
