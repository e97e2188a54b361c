package io.tidemark.streams.guarantees;

import java.util.List;

/** Names that have broken somebody's keys before; all of them are valid. */
final class Names {
    static final List<String> TENANTS = List.of("acme", "a", "a-b", "0_x", "t" + "9".repeat(62));

    static final List<String> CUSTOMERS = List.of(
            "customer_123",
            "a",
            "a ",
            "ab",
            "a/b",
            "/",
            "a:b",
            "with space",
            "\uD83D\uDE00",
            "\uD83D\uDC69\u200D\uD83D\uDC69",
            "\u00E9",
            "e\u0301",
            "\u0130stanbul",
            "\u202Eright to left",
            "\uFFFF",
            "\uDBFF\uDFFF",
            "\u00E9".repeat(128),
            "x".repeat(256),
            "%00",
            "null",
            "0",
            "d9428888-122b-11e1-b85c-61cd3cbb3210");

    static final List<String> METERS =
            List.of("storage", "gpu.seconds", "a:b", "requests", "A-1_z", "m".repeat(64), "storag", "storage2");

    static final List<String> CURRENCIES = List.of("USD", "EUR", "NPR", "XXX");

    static final List<String> SOURCES = List.of("api", "batch/1", "\uD83D\uDE80", "s".repeat(255));

    private Names() {}
}
