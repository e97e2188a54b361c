package io.tidemark.query.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvWriterTest {

    private static String line(@Nullable Object... cells) {
        return CsvWriter.write(List.of("h"), List.of(Arrays.asList(cells))).substring("h\r\n".length());
    }

    @Test
    void quotesWhatRfc4180Quotes() {
        assertThat(line("a", "b,c", "say \"hi\"", "two\nlines", "two\r\nlines"))
                .isEqualTo("a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\"two\r\nlines\"\r\n");
        assertThat(line("x", null, "")).isEqualTo("x,,\r\n");
    }

    @Test
    void isReadBackAsItWas() throws IOException {
        List<String> texts = List.of(
                "Zoë",
                "\ud83d\ude00 GmbH",
                "日本",
                " spaces ",
                "#first",
                "'quoted'",
                "tab\tin it",
                "\"",
                ",",
                ";",
                "\u00a0",
                "a\rb");
        String text = CsvWriter.write(texts, List.of(texts));
        try (var parser = CSVParser.parse(new StringReader(text), CSVFormat.RFC4180)) {
            assertThat(parser.getRecords().stream().map(CSVRecord::toList)).containsExactly(texts, texts);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "-",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\uff1d1+1",
                "\uff0b1",
                "\uff0d1",
                "\uff20x",
                "=cmd|'/c calc'!A1",
                "-2+3+cmd|' /C calc'!A0"
            })
    void leadsByAnApostropheWhatASpreadsheetWouldTakeForAFormula(String text) throws IOException {
        String written = CsvWriter.write(List.of("h"), List.of(List.of(text, "a" + text)));
        try (var parser = CSVParser.parse(new StringReader(written), CSVFormat.RFC4180)) {
            var rows = new ArrayList<CSVRecord>(parser.getRecords());
            assertThat(rows.get(1).get(0)).isEqualTo("'" + text);
            assertThat(rows.get(1).get(1)).as("only at the beginning").isEqualTo("a" + text);
        }
    }

    @Test
    void writesNumbersWithAllDigitsAndNoApostrophe() {
        assertThat(line(
                        new BigDecimal("-0.000000001"),
                        new BigDecimal("1E+3"),
                        new BigDecimal("12345678901234567890123456789.000000001"),
                        -5L,
                        new BigInteger("-12345678901234567890")))
                .isEqualTo("-0.000000001,1000,12345678901234567890123456789.000000001,-5,-12345678901234567890\r\n");
    }

    @Test
    void writesTimesWithTheirOffset() {
        assertThat(line(OffsetDateTime.parse("2026-10-25T02:00+02:00"), OffsetDateTime.parse("2026-10-25T00:00Z")))
                .isEqualTo("2026-10-25T02:00:00+02:00,2026-10-25T00:00:00Z\r\n");
    }

    /** A binary fraction is no amount. */
    @Test
    void takesNothingElse() {
        assertThatThrownBy(() -> line(0.1)).isInstanceOf(IllegalArgumentException.class);
    }
}
