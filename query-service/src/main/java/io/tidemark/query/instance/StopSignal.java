package io.tidemark.query.instance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C, and what a supervisor sends: heard each time it comes.
 *
 * <p>A shutdown hook hears of the first alone, and leaves no way to say by the exit code whether the stop was clean. Java's only other way is {@code
 * sun.misc.Signal}, in {@code jdk.unsupported}, which the compiler warns of without being able to be told not to: hence by
 * reflection. Where it is not there, signals end the process by its shutdown hooks, as everywhere.
 */
final class StopSignal {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final String[] NAMES = {"TERM", "INT"};

    private final Semaphore heard = new Semaphore(0);

    /** Comes when it is said to. */
    StopSignal() {}

    /** Listens from now on, for as long as the process lives. */
    static StopSignal listen() {
        var stop = new StopSignal();
        for (String name : NAMES) {
            stop.listenTo(name);
        }
        return stop;
    }

    private void listenTo(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, given) -> switch (method.getName()) {
                        case "handle" -> {
                            come();
                            yield null;
                        }
                        case "equals" -> self == given[0];
                        case "hashCode" -> System.identityHashCode(self);
                        default -> "StopSignal";
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            LOG.debug("signals are not heard one by one because={}", e.toString());
        } catch (InvocationTargetException taken) {
            // The virtual machine was told to leave it to others (-Xrs).
            LOG.debug("{} is not heard because={}", name, String.valueOf(taken.getCause()));
        }
    }

    void come() {
        heard.release();
    }

    /** Waits for one more; true when it came. */
    boolean await(Duration atMost) throws InterruptedException {
        return heard.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
