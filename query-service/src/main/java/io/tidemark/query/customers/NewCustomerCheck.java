package io.tidemark.query.customers;

import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Fault;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a body that makes a customer may say, for those who want to know before they send it. */
public final class NewCustomerCheck {
    private NewCustomerCheck() {}

    /** Everything that would be said against it, but for what only the directory knows. */
    public static List<Fault> faults(String json) {
        var faults = new Faults();
        read(JsonBody.of(json.getBytes(StandardCharsets.UTF_8), faults)).allowNothingElse();
        return faults.all();
    }

    /** Every spelling of a field that is taken, and the field's name. */
    public static Map<String, String> spellings() {
        return read(JsonBody.none(new Faults())).known();
    }

    private static JsonBody read(JsonBody body) {
        body.parsed("external_id", ExternalId::parse, ExternalId.COMPLAINT);
        CustomerFields.details(body);
        body.flag("is_active");
        return body;
    }
}
