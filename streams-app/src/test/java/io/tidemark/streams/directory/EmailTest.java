package io.tidemark.streams.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "ann@example.com|ann@example.com",
                " Ann@Example.COM |ann@example.com",
                "\u00A0ann@example.com|ann@example.com",
                "ann@ｅｘａｍｐｌｅ.com|ann@example.com",
                "ann@bücher.example|ann@xn--bcher-kva.example",
                "ann@BÜCHER.example|ann@xn--bcher-kva.example",
                "ann@XN--BCHER-KVA.example|ann@xn--bcher-kva.example",
                "A\u0308nn@example.com|änn@example.com",
                "TITLE@I.example|title@i.example",
                "a@b@Example.com|a@b@example.com",
                "ann@a..b|ann@a..b",
                "ann@|ann@",
                "Nobody|nobody"
            })
    void foldsSpellingsOfOneAddress(String spelling, String folded) {
        assertThat(Email.fold(spelling)).isEqualTo(folded);
        assertThat(Email.fold(folded)).isEqualTo(folded);
    }
}
