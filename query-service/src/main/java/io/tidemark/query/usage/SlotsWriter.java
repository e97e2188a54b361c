package io.tidemark.query.usage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.tidemark.query.http.Json;
import io.tidemark.query.usage.PagesBody.Slots;
import io.tidemark.streams.event.NamedAmount;
import io.tidemark.streams.reading.UsagePages.Slot;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Writes slots as they come, without an object for each: an answer has thousands. A slot has its number, the minute where all of it is of one, and of its amounts those that are not zero.
 */
final class SlotsWriter extends JsonSerializer<Slots> {
    private static final int SCALE = 9;

    @Override
    public void serialize(Slots slots, JsonGenerator out, SerializerProvider serializers) throws IOException {
        out.writeStartArray();
        for (Slot slot : slots.slots()) {
            out.writeStartObject();
            out.writeNumberField("slot", slot.number());
            if (slot.onlyMinute().isPresent()) {
                out.writeNumberField("only_minute", slot.onlyMinute().getAsInt());
            }
            for (int i = 0; i < slot.amounts().size(); i++) {
                write(slots.names().get(i), slot.amounts().get(i), out);
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void write(NamedAmount name, BigInteger amount, JsonGenerator out) throws IOException {
        if (amount.signum() == 0) {
            return;
        }
        out.writeFieldName(name.name());
        if (name.decimal()) {
            out.writeString(Json.plain(new BigDecimal(amount, SCALE)));
        } else {
            out.writeNumber(amount);
        }
    }
}
