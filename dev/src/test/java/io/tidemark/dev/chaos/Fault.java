package io.tidemark.dev.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What goes wrong. Each returns when all is as it was, with every instance ready and counting. */
enum Fault {
    /** {@code kill -9} of one instance, with transactions open; the other goes on alone before it comes back. */
    KILL {
        @Override
        void inflict(Run run, int round) throws Exception {
            Member victim = victim(run, round);
            Instant killed = kill(victim);
            run.note("counting_again_after_kill_ms", run.awaitCounted(killed));
            run.comesBack(killed);
            back(run, victim);
        }
    },
    /** The same, but a supervisor starts it at once. */
    KILL_AND_START {
        @Override
        void inflict(Run run, int round) throws Exception {
            Member victim = victim(run, round);
            Instant killed = kill(victim);
            back(run, victim);
            run.note("counting_again_with_both_after_kill_ms", run.awaitCounted(killed));
        }
    },
    /** Stopped for longer than its session lasts, then let go: it still believes it owns its partitions. */
    ZOMBIE {
        @Override
        void inflict(Run run, int round) throws Exception {
            Member victim = victim(run, round);
            victim.process().pause();
            Thread.sleep(LONGER_THAN_A_SESSION.toMillis());
            victim.process().goOn();
            Instant woke = Instant.now();
            victim.awaitReady(Cluster.PATIENCE);
            run.note("counting_again_after_zombie_ms", run.awaitCounted(woke));
        }
    },
    /** {@code kill -9} of the only broker, which comes back after a while. */
    BROKER {
        @Override
        void inflict(Run run, int round) throws Exception {
            run.cluster().killBroker();
            Thread.sleep(BROKER_AWAY.toMillis());
            Instant back = brokerBack(run);
            run.note("counting_again_after_broker_ms", run.awaitCounted(back));
            run.cluster().awaitReady();
        }
    },
    /** An instance is killed and comes back without its state. */
    STATE_DELETED {
        @Override
        void inflict(Run run, int round) throws Exception {
            Member victim = victim(run, round);
            kill(victim);
            victim.deleteState();
            back(run, victim);
            run.awaitCounted(Instant.now());
        }
    },
    /** Broker and instance at once. */
    BROKER_AND_INSTANCE {
        @Override
        void inflict(Run run, int round) throws Exception {
            Member victim = victim(run, round);
            run.cluster().killBroker();
            kill(victim);
            Instant back = brokerBack(run);
            back(run, victim);
            run.note("counting_again_after_broker_and_instance_ms", run.awaitCounted(back));
        }
    },
    /** Every instance at once, and all state with them. */
    ALL_AND_STATE {
        @Override
        void inflict(Run run, int round) throws Exception {
            List<Member> all = run.cluster().running();
            for (Member one : all) {
                kill(one);
            }
            for (Member one : all) {
                one.deleteState();
            }
            Instant began = Instant.now();
            all.forEach(Member::start);
            run.note("counting_again_after_all_and_state_ms", run.awaitCounted(began));
            run.cluster().awaitReady();
            run.figures().put("restored", Restored.by(all));
        }
    },
    /** One after the other by SIGTERM. */
    ROLLING_RESTART {
        @Override
        void inflict(Run run, int round) throws Exception {
            for (Member one : run.cluster().running()) {
                run.note("stopped_in_ms", one.stop());
                one.start();
                run.note("ready_after_restart_ms", one.awaitReady(Cluster.PATIENCE));
            }
            run.awaitCounted(Instant.now());
        }
    },
    /** One instance, then three, then one, then two again. */
    SCALE {
        @Override
        void inflict(Run run, int round) throws Exception {
            Cluster cluster = run.cluster();
            cluster.member(1).stop();
            run.awaitCounted(Instant.now());
            cluster.member(1).start();
            cluster.member(2).start();
            cluster.awaitReady();
            run.awaitCounted(Instant.now());
            cluster.member(1).stop();
            cluster.member(2).stop();
            run.note("counting_again_after_scaling_in_ms", run.awaitCounted(Instant.now()));
            cluster.member(1).start();
            cluster.awaitReady();
        }
    },
    /** The registry is away for a while. Instances know the schemas there are. */
    REGISTRY_AWAY {
        @Override
        void inflict(Run run, int round) throws Exception {
            run.cluster().registryAway();
            Thread.sleep(REGISTRY_AWAY_FOR.toMillis());
            run.cluster().registryBack();
            run.note("counting_again_after_registry_ms", run.awaitCounted(Instant.now()));
        }
    };

    private static final Duration LONGER_THAN_A_SESSION = Duration.ofSeconds(9);
    private static final Duration BROKER_AWAY = Duration.ofSeconds(2);
    private static final Duration REGISTRY_AWAY_FOR = Duration.ofSeconds(4);

    abstract void inflict(Run run, int round) throws Exception;

    private static Member victim(Run run, int round) {
        return run.cluster().member(round % 2);
    }

    private static Instant kill(Member victim) throws InterruptedException {
        Instant now = Instant.now();
        victim.kill();
        return now;
    }

    private static void back(Run run, Member victim) throws InterruptedException {
        victim.start();
        run.note("ready_after_kill_ms", victim.awaitReady(Cluster.PATIENCE));
    }

    /** When it answered again. */
    private static Instant brokerBack(Run run) throws Exception {
        run.note("broker_back_ms", run.cluster().brokerBack());
        return Instant.now();
    }
}
