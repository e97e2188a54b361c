package io.tidemark.query.importing;

import io.tidemark.query.customers.NewCustomerCheck;
import io.tidemark.query.importing.RowOutcome.Refused;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Says what would be refused, as far as that can be told without an instance, which alone knows what others have. */
public final class DryRun {
    private DryRun() {}

    /**
     * How many rows are.
     *
     * @param refused of them, would be refused
     */
    public record Found(long rows, long refused) {}

    /**
     * Looks at each row.
     *
     * @param report receives, of each that would be refused, what the report would say
     * @throws CannotImport where it could not begin
     */
    public static Found of(CustomerFile file, Consumer<String> report) throws IOException {
        long count = 0;
        long refused = 0;
        try (Rows rows = file.open()) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                count++;
                Optional<Refused> fault = refusal(row.get());
                if (fault.isPresent()) {
                    refused++;
                    report.accept(RefusedFile.text(row.get(), fault.get()));
                }
            }
        }
        return new Found(count, refused);
    }

    private static Optional<Refused> refusal(Row row) {
        Optional<RowOutcome> unfit = ImportRun.unfit(row);
        if (unfit.isPresent()) {
            return unfit.map(Refused.class::cast);
        }
        List<RowFault> faults = NewCustomerCheck.faults(row.toCreate()).stream()
                .map(RowFault::of)
                .toList();
        return faults.isEmpty() ? Optional.empty() : Optional.of(new Refused(OptionalInt.empty(), faults));
    }
}
