package io.tidemark.streams.directory;

import io.tidemark.events.CommandOutcome;
import io.tidemark.events.CustomerResult;
import io.tidemark.schemas.SingleObject;
import io.tidemark.streams.directory.Outcome.Unique;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.message.MessageDecoder;
import org.jspecify.annotations.Nullable;

/** The records of {@code customer-results}: Avro's single-object encoding. */
record ResultRecord(UUID commandId, Outcome outcome) {
    private static final MessageDecoder<CustomerResult> READING =
            CustomerResult.createDecoder(SingleObject.writtenWith(CustomerResult.getClassSchema()));

    byte[] encode() {
        return SingleObject.bytes(toAvro()::toByteBuffer);
    }

    /** What a record says; empty when it is none that this build knows. */
    static Optional<ResultRecord> decode(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            var avro = READING.decode(value);
            return outcome(avro).map(outcome -> new ResultRecord(avro.getCommandId(), outcome));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /** A result that tells of a customer, as it would tell of it now. */
    static byte[] tellingOf(Customer customer, byte[] result) {
        try {
            CustomerResult avro = READING.decode(result);
            avro.put("customer", CustomerRecord.toAvro(customer));
            return SingleObject.bytes(avro::toByteBuffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CustomerResult toAvro() {
        return outcome.fold(new Outcome.Cases<>(
                customer -> said(CommandOutcome.CREATED, customer),
                customer -> said(CommandOutcome.FOUND, customer),
                customer -> said(CommandOutcome.UPDATED, customer),
                customer -> said(CommandOutcome.DELETED, customer),
                customer -> said(CommandOutcome.ERASED, customer),
                (fields, by) -> said(CommandOutcome.TAKEN, fields, by),
                () -> said(CommandOutcome.NOT_FOUND, null),
                current -> said(CommandOutcome.STALE, current),
                () -> said(CommandOutcome.REUSED, null)));
    }

    private CustomerResult said(CommandOutcome what, @Nullable Customer customer) {
        return said(what, List.of(), customer);
    }

    private CustomerResult said(CommandOutcome what, List<Unique> fields, @Nullable Customer customer) {
        return CustomerResult.newBuilder()
                .setCommandId(commandId)
                .setOutcome(what)
                .setField(fields.isEmpty() ? null : fields.get(0).label())
                .setAlso(fields.size() < 2 ? null : fields.get(1).label())
                .setCustomer(customer == null ? null : CustomerRecord.toAvro(customer))
                .build();
    }

    private static Optional<Outcome> outcome(CustomerResult avro) {
        var said = avro.getOutcome();
        if (said == CommandOutcome.NOT_FOUND) {
            return Optional.of(new Outcome.NotFound());
        } else if (said == CommandOutcome.REUSED) {
            return Optional.of(new Outcome.Reused());
        }
        return Optional.ofNullable(avro.getCustomer())
                .map(CustomerRecord::fromAvro)
                .flatMap(customer -> switch (said) {
                    case CREATED -> Optional.of(new Outcome.Created(customer));
                    case FOUND -> Optional.of(new Outcome.Found(customer));
                    case ERASED -> Optional.of(new Outcome.Erased(customer));
                    case UPDATED -> Optional.of(new Outcome.Updated(customer));
                    case DELETED -> Optional.of(new Outcome.Deleted(customer));
                    case STALE -> Optional.of(new Outcome.Stale(customer));
                    case TAKEN -> Optional.of(new Outcome.Taken(fields(avro), customer));
                    case NOT_FOUND, REUSED, UNKNOWN -> Optional.empty();
                });
    }

    private static List<Unique> fields(CustomerResult avro) {
        return Stream.of(Unique.of(avro.getField()), Unique.of(avro.getAlso()))
                .flatMap(Optional::stream)
                .toList();
    }
}
