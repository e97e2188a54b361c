package io.tidemark.query.cli;

import io.tidemark.query.settings.SettingSources;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Lists everything that is wrong with a call at once, also what only the command itself can see; then runs it. */
final class CheckThenRun implements IExecutionStrategy {

    @Override
    public int execute(ParseResult parsed) {
        if (CommandLine.printHelpIfRequested(parsed)) {
            return ExitCode.OK;
        }
        ParseResult last = last(parsed);
        List<String> faults = faults(parsed, last);
        if (faults.isEmpty()) {
            return new RunLast().execute(parsed);
        }
        var command = last.commandSpec().commandLine();
        faults.forEach(fault -> command.getErr().println("error: " + fault));
        command.getErr().println("try: " + last.commandSpec().qualifiedName() + " --help");
        command.getErr().flush();
        return ExitCode.USAGE;
    }

    private static ParseResult last(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last;
    }

    private static List<String> faults(ParseResult first, ParseResult last) {
        var faults = new ArrayList<String>();
        for (ParseResult each = first; each != last; each = each.subcommand()) {
            each.errors().forEach(error -> faults.add(error.getMessage()));
        }
        SettingSources sources = TidemarkCommand.sources(last.commandSpec());
        faults.addAll(sources.faults());
        faults.addAll(SettingDefaults.faults(last, sources));
        last.errors().forEach(error -> faults.add(error.getMessage()));
        if (last.commandSpec().userObject() instanceof CheckedCommand checked) {
            faults.addAll(checked.faults());
        }
        return faults.stream().distinct().toList();
    }
}
