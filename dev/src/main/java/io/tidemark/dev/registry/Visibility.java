package io.tidemark.dev.registry;

/** Which versions a question is about. */
enum Visibility {
    LIVE,
    ALL,
    DELETED;

    static Visibility of(boolean deletedToo, boolean deletedOnly) {
        if (deletedOnly) {
            return DELETED;
        }
        return deletedToo ? ALL : LIVE;
    }

    boolean shows(StoredSchema schema) {
        return this == ALL || schema.deleted() == (this == DELETED);
    }
}
