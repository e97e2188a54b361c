package io.tidemark.query.ingest;

/**
 * Something about an event that was taken, and may still not be what its sender meant.
 *
 * @param code stable
 * @param pointer JSON pointer into the body; empty for all of it
 */
record Warning(String code, String pointer, String message) {

    static Warning unknownField(String pointer) {
        return new Warning("unknown_field", pointer, "is not a field of this operation and was left out");
    }

    static Warning generatedId(String pointer) {
        return new Warning(
                "generated_id", pointer, "has no id and was given one: sent again, it would be counted again");
    }

    static Warning noMatchingMeter(String pointer, Object meter) {
        return new Warning(
                "no_matching_meter",
                pointer,
                "the tenant has not defined the meter " + meter + "; it is counted all the same");
    }

    static Warning newCustomer(String pointer) {
        return new Warning(
                "unknown_customer_id",
                pointer,
                "is no UUID of ours that is known here: it was taken as the external id of a new customer");
    }
}
