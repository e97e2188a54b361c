package io.tidemark.streams.requestlog;

import io.tidemark.streams.intake.WholeRequest;

/** What requests are told apart by, beside their tags. */
public enum Label {
    OPERATION,
    PROVIDER,
    MODEL,
    FLOW,
    ENVIRONMENT,
    STATUS;

    /** What a request has; empty where it has none. */
    public String of(WholeRequest request) {
        return switch (this) {
            case OPERATION -> request.operation();
            case PROVIDER -> request.provider();
            case MODEL -> request.model();
            case FLOW -> request.flow();
            case ENVIRONMENT -> request.environment();
            case STATUS -> request.status();
        };
    }
}
