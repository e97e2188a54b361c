package io.tidemark.streams.directory;

import io.tidemark.events.CommandOutcome;
import io.tidemark.events.CustomerResult;
import io.tidemark.schemas.SingleObject;
import io.tidemark.streams.directory.Outcome.Unique;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
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

    private CustomerResult toAvro() {
        return outcome.fold(new Outcome.Cases<>(
                customer -> said(CommandOutcome.CREATED, null, customer),
                customer -> said(CommandOutcome.UPDATED, null, customer),
                customer -> said(CommandOutcome.DELETED, null, customer),
                (field, by) -> said(CommandOutcome.TAKEN, field.label(), by),
                () -> said(CommandOutcome.NOT_FOUND, null, null),
                current -> said(CommandOutcome.STALE, null, current),
                () -> said(CommandOutcome.REUSED, null, null)));
    }

    private CustomerResult said(CommandOutcome what, @Nullable String field, @Nullable Customer customer) {
        return CustomerResult.newBuilder()
                .setCommandId(commandId)
                .setOutcome(what)
                .setField(field)
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
                    case UPDATED -> Optional.of(new Outcome.Updated(customer));
                    case DELETED -> Optional.of(new Outcome.Deleted(customer));
                    case STALE -> Optional.of(new Outcome.Stale(customer));
                    case TAKEN -> unique(avro.getField()).map(field -> new Outcome.Taken(field, customer));
                    case NOT_FOUND, REUSED, UNKNOWN -> Optional.empty();
                });
    }

    private static Optional<Unique> unique(@Nullable String label) {
        return Arrays.stream(Unique.values())
                .filter(field -> field.label().equals(label))
                .findFirst();
    }
}
