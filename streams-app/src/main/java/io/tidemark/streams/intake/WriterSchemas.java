package io.tidemark.streams.intake;

import org.apache.avro.Schema;

/** The schemas events were written with. Asked on the hot path: answers at once, never waits. */
public interface WriterSchemas {

    Lookup find(int schemaId);

    /** What is known of a schema id now. */
    sealed interface Lookup {
        /** Here it is; the same object for the same id. */
        record Known(Schema schema) implements Lookup {}

        /** The registry has it, but it is no Avro. */
        record NotAvro(String type) implements Lookup {}

        /** The registry says there is none of that id. */
        record Unknown() implements Lookup {}

        /** It cannot be said now; it is being asked for. */
        record Unavailable() implements Lookup {}
    }
}
