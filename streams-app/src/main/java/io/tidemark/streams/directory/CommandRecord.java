package io.tidemark.streams.directory;

import io.tidemark.events.CommandKind;
import io.tidemark.events.CustomerCommand;
import io.tidemark.events.CustomerDetails;
import io.tidemark.schemas.SingleObject;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.directory.Outcome.Unique;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.message.MessageDecoder;
import org.jspecify.annotations.Nullable;

/** The records of {@code customer-commands}: Avro's single-object encoding, which needs no registry. */
public final class CommandRecord {
    private static final MessageDecoder<CustomerCommand> READING =
            CustomerCommand.createDecoder(SingleObject.writtenWith(CustomerCommand.getClassSchema()));

    private CommandRecord() {}

    /** A command as it is written. */
    public static byte[] encode(Command command) {
        return SingleObject.bytes(toAvro(command)::toByteBuffer);
    }

    /** What a record wishes; empty when it is none that this build knows. */
    static Optional<Command> decode(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return fromAvro(READING.decode(value)).filter(CommandRecord::isPlaceable);
        } catch (IOException | RuntimeException notACommand) {
            // Whatever is in the bytes, and whatever Avro makes of it: the task must not end over it.
            return Optional.empty();
        }
    }

    /** Nobody's command: the customer could not be told of. */
    private static boolean isPlaceable(Command command) {
        return command.tenant().indexOf('/') < 0;
    }

    private static CustomerCommand toAvro(Command command) {
        var avro = CustomerCommand.newBuilder().setTenantId(command.tenant()).setExternalId(command.externalId());
        if (command instanceof Command.Awaited awaited) {
            avro.setCommandId(awaited.commandId()).setContent(awaited.content());
        }
        if (command instanceof Command.Create create) {
            wish(avro, create);
        } else if (command instanceof Command.GetOrCreate get) {
            wish(avro, get.wish()).setExisting(get.by().label());
        } else if (command instanceof Command.Update update) {
            avro.setKind(CommandKind.UPDATE)
                    .setIfVersion(boxed(update.ifVersion()))
                    .setDetails(toAvro(update.details(), update.active()));
        } else if (command instanceof Command.Delete delete) {
            avro.setKind(CommandKind.DELETE).setIfVersion(boxed(delete.ifVersion()));
        } else if (command instanceof Command.Erase erase) {
            avro.setKind(CommandKind.ERASE).setIfVersion(boxed(erase.ifVersion()));
        } else if (command instanceof Command.Sighting sighting) {
            avro.setKind(CommandKind.SIGHTING)
                    .setId(sighting.id())
                    .setFirstSeenAt(sighting.firstSeenAt())
                    .setLastSeenAt(sighting.lastSeenAt());
        } else if (command instanceof Command.Restore restore) {
            avro.setKind(CommandKind.RESTORE).setCustomer(CustomerRecord.toAvro(restore.customer()));
        }
        return avro.build();
    }

    private static CustomerCommand.Builder wish(CustomerCommand.Builder avro, Command.Create create) {
        return avro.setKind(CommandKind.CREATE)
                .setId(create.id())
                .setDetails(toAvro(create.details(), create.active()));
    }

    private static CustomerDetails toAvro(Details details, @Nullable Boolean active) {
        var avro = new CustomerDetails();
        for (Detail detail : Detail.values()) {
            avro.put(detail.label(), details.get(detail));
        }
        avro.put("metadata", details.metadata());
        avro.put("is_active", active);
        return avro;
    }

    private static Optional<Command> fromAvro(CustomerCommand avro) {
        String tenant = avro.getTenantId();
        String externalId = avro.getExternalId();
        return switch (avro.getKind()) {
            case CREATE ->
                Optional.of(orGet(
                        avro.getExisting(),
                        new Command.Create(
                                avro.getCommandId(),
                                content(avro),
                                tenant,
                                externalId,
                                id(avro),
                                details(avro),
                                active(avro))));
            case UPDATE ->
                Optional.of(new Command.Update(
                        avro.getCommandId(), tenant, externalId, ifVersion(avro), details(avro), active(avro)));
            case DELETE -> Optional.of(new Command.Delete(avro.getCommandId(), tenant, externalId, ifVersion(avro)));
            case ERASE -> Optional.of(new Command.Erase(avro.getCommandId(), tenant, externalId, ifVersion(avro)));
            case SIGHTING ->
                Optional.of(new Command.Sighting(
                        tenant, externalId, id(avro), at(avro.getFirstSeenAt()), at(avro.getLastSeenAt())));
            case RESTORE ->
                Optional.of(new Command.Restore(CustomerRecord.fromAvro(Objects.requireNonNull(avro.getCustomer()))));
            case UNKNOWN -> Optional.empty();
        };
    }

    private static Command orGet(@Nullable String existing, Command.Create create) {
        return existing == null
                ? create
                : new Command.GetOrCreate(create, Unique.of(existing).orElseThrow());
    }

    private static long content(CustomerCommand avro) {
        return Objects.requireNonNullElse(avro.getContent(), 0L);
    }

    private static java.util.UUID id(CustomerCommand avro) {
        return Objects.requireNonNull(avro.getId());
    }

    private static Instant at(@Nullable Instant instant) {
        return Objects.requireNonNull(instant);
    }

    private static Details details(CustomerCommand avro) {
        CustomerDetails given = avro.getDetails();
        if (given == null) {
            return Details.NONE;
        }
        var texts = new EnumMap<Detail, String>(Detail.class);
        for (Detail detail : Detail.values()) {
            if (given.get(detail.label()) instanceof String text) {
                texts.put(detail, text);
            }
        }
        return new Details(texts, given.getMetadata());
    }

    private static @Nullable Boolean active(CustomerCommand avro) {
        return avro.getDetails() == null ? null : avro.getDetails().getIsActive();
    }

    private static OptionalLong ifVersion(CustomerCommand avro) {
        Long version = avro.getIfVersion();
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    private static @Nullable Long boxed(OptionalLong version) {
        return version.isPresent() ? version.getAsLong() : null;
    }
}
