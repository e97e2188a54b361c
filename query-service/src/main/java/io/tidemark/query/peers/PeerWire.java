package io.tidemark.query.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.PartAsked;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.UsageByCustomer;
import java.io.IOException;
import java.util.Optional;

/**
 * How questions and answers are written between instances: JSON of the records themselves. Instances of two releases speak to each other while
 * one replaces the other, so fields that are not known are passed over.
 */
final class PeerWire {
    static final JavaType CUSTOMER = said(CustomerUsage.class);
    static final JavaType PART = said(UsageByCustomer.class);

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .build();

    private PeerWire() {}

    /** A question of that kind. */
    static JavaType asked(PartKind<?, ?> kind) {
        return TypeFactory.defaultInstance().constructParametricType(PartAsked.class, kind.question());
    }

    /** What is said to a question of that kind. */
    static JavaType said(PartKind<?, ?> kind) {
        TypeFactory types = TypeFactory.defaultInstance();
        return types.constructParametricType(Said.class, types.constructParametricType(Part.class, kind.answer()));
    }

    private static JavaType said(Class<?> value) {
        return TypeFactory.defaultInstance().constructParametricType(Said.class, value);
    }

    static byte[] write(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("what is told to peers must be writable as JSON", unwritable);
        }
    }

    /** Empty where it is not what was expected. */
    static <T> Optional<T> read(byte[] json, Class<T> type) {
        return read(json, TypeFactory.defaultInstance().constructType(type));
    }

    /** Empty where it is not what was expected. */
    static <T> Optional<T> read(byte[] json, JavaType type) {
        try {
            return Optional.ofNullable(JSON.readValue(json, type));
        } catch (IOException | IllegalArgumentException notThat) {
            return Optional.empty();
        }
    }
}
