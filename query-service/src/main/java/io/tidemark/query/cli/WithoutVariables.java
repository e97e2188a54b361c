package io.tidemark.query.cli;

/**
 * A command whose own options have no environment variable: whoever runs it says what is in them. Those it shares with others,
 * which say where to, have theirs.
 */
interface WithoutVariables {}
