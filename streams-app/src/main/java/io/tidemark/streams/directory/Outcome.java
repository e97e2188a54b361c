package io.tidemark.streams.directory;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What came of a command; {@link #fold} makes the caller handle each case. */
public sealed interface Outcome {

    /** The customer is new, or begins anew. */
    record Created(Customer customer) implements Outcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.created().apply(customer);
        }
    }

    /** The customer is as was wished; its version grew if it was not before. */
    record Updated(Customer customer) implements Outcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.updated().apply(customer);
        }
    }

    record Deleted(Customer customer) implements Outcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.deleted().apply(customer);
        }
    }

    /** The customer was there already; nothing was changed. */
    record Found(Customer customer) implements Outcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.found().apply(customer);
        }
    }

    /** What said who the customer is, is gone; this is what is left of it. */
    record Erased(Customer customer) implements Outcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.erased().apply(customer);
        }
    }

    /**
     * Nothing was changed: other customers have these values already.
     *
     * @param by the one that has the first of them
     */
    record Taken(List<Unique> fields, Customer by) implements Outcome {
        public Taken {
            fields = List.copyOf(fields);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.taken().apply(fields, by);
        }
    }

    /** Nothing was changed: there is no such customer, or it is deleted. */
    record NotFound() implements Outcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.notFound().get();
        }
    }

    /** Nothing was changed: the customer has another version than was named. */
    record Stale(Customer current) implements Outcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.stale().apply(current);
        }
    }

    /** Nothing was changed: the same command id was used for something else. */
    record Reused() implements Outcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.reused().get();
        }
    }

    /** What only one customer of a tenant may have. */
    enum Unique {
        EXTERNAL_ID,
        EMAIL;

        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Optional<Unique> of(@Nullable String label) {
            return Arrays.stream(values())
                    .filter(field -> field.label().equals(label))
                    .findFirst();
        }
    }

    /** One function for each case. */
    record Cases<R>(
            Function<Customer, R> created,
            Function<Customer, R> found,
            Function<Customer, R> updated,
            Function<Customer, R> deleted,
            Function<Customer, R> erased,
            BiFunction<List<Unique>, Customer, R> taken,
            Supplier<R> notFound,
            Function<Customer, R> stale,
            Supplier<R> reused) {}

    <R> R fold(Cases<R> cases);

    /** The customer it tells of: that was changed or found, or that kept something from being changed. */
    default Optional<Customer> told() {
        return fold(new Cases<>(
                Optional::of,
                Optional::of,
                Optional::of,
                Optional::of,
                Optional::of,
                (fields, by) -> Optional.of(by),
                Optional::empty,
                Optional::of,
                Optional::empty));
    }

    /** The customer as it is by this answer: what was wished holds of it. Empty where it was refused. */
    default Optional<Customer> done() {
        return fold(new Cases<>(
                Optional::of,
                Optional::of,
                Optional::of,
                Optional::of,
                Optional::of,
                (fields, by) -> Optional.empty(),
                Optional::empty,
                current -> Optional.empty(),
                Optional::empty));
    }
}
