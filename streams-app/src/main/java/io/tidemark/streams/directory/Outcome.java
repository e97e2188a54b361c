package io.tidemark.streams.directory;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

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

    /** Nothing was changed: {@code by} has that value already. */
    record Taken(Unique field, Customer by) implements Outcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.taken().apply(field, by);
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
    }

    /** One function for each case. */
    record Cases<R>(
            Function<Customer, R> created,
            Function<Customer, R> updated,
            Function<Customer, R> deleted,
            BiFunction<Unique, Customer, R> taken,
            Supplier<R> notFound,
            Function<Customer, R> stale,
            Supplier<R> reused) {}

    <R> R fold(Cases<R> cases);
}
