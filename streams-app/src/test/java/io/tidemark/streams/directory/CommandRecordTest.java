package io.tidemark.streams.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.events.CustomerCommand;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class CommandRecordTest {
    /** Fields that a command has nothing to say of are left null when it is written. */
    @Test
    void whatNeedNotBeSetIsNullByItself() {
        assertThat(CustomerCommand.getClassSchema().getFields())
                .filteredOn(Schema.Field::hasDefaultValue)
                .allSatisfy(field -> assertThat(field.defaultVal()).isEqualTo(JsonProperties.NULL_VALUE));
    }
}
