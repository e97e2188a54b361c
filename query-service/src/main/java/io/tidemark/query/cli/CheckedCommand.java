package io.tidemark.query.cli;

import java.util.List;

/** A command that can say what is wrong with its options before it does anything. */
public interface CheckedCommand {

    /** Every fault; empty when the command can be run. Asked once, before it is run. */
    List<String> faults();
}
