package io.tidemark.dev.registry;

/** What may be done to a subject. */
enum Mode {
    READWRITE,
    READONLY,
    /** Set for everyone, it wins over what single subjects have. */
    READONLY_OVERRIDE,
    /** Schemas come with their ids and versions, unchecked, from another registry. */
    IMPORT;

    boolean isReadOnly() {
        return this == READONLY || this == READONLY_OVERRIDE;
    }
}
