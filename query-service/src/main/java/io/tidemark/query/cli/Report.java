package io.tidemark.query.cli;

import io.tidemark.streams.administration.Finding;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** What was found, a line for each; the exit code says whether it is good enough. */
final class Report {
    private Report() {}

    static int print(CommandLine line, List<Finding> findings) {
        var out = line.getOut();
        findings.forEach(finding -> out.println(mark(finding.level()) + finding.says()));
        out.flush();
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAULT)
                ? ExitCode.SOFTWARE
                : ExitCode.OK;
    }

    private static String mark(Finding.Level level) {
        return switch (level) {
            case FINE -> "ok     ";
            case WARNING -> "warn   ";
            case FAULT -> "FAULT  ";
        };
    }
}
