package io.tidemark.query.verification;

import io.tidemark.query.verification.Figures.Wrong;
import java.math.BigDecimal;

/**
 * One number that is not as it must be.
 *
 * @param when a minute; or a span {@code from/to}, where the numbers of its parts are right and their sum is not
 * @param field what it is of, such as {@code usage/storage_gb.quantity}; after {@code by-customer:} as that call says it
 */
public record Difference(String customer, String when, String field, BigDecimal expected, BigDecimal served) {

    static Difference of(String customer, Span span, String call, Wrong wrong) {
        return new Difference(customer, span.toString(), call + wrong.field(), wrong.expected(), wrong.served());
    }
}
