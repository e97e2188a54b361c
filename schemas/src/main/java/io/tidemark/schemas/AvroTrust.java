package io.tidemark.schemas;

import io.tidemark.events.RequestEvent;
import org.apache.avro.util.ClassSecurityValidator;

/** Avro refuses to instantiate classes it was not told to trust; these are ours. */
public final class AvroTrust {
    private static final String EVENTS = RequestEvent.class.getPackageName() + ".";

    private AvroTrust() {}

    /** Trusts the generated records. Process-wide, may be called more than once; call before the first record. */
    public static void establish() {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.DEFAULT, type -> type.getName().startsWith(EVENTS)));
    }
}
