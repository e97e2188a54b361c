package io.tidemark.streams.publishing;

/** Kafka or the schema registry did not take the event; whether it was written is not known. */
public final class PublishFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PublishFailed(String message) {
        super(message);
    }

    public PublishFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
