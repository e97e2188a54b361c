/**
 * The description of the API as tests see it: its operations, and whether a reply is one that it names.
 *
 * <p>Reads {@code /openapi.json} from the class path of whoever tests. Knows nothing of how it is served; what is sent to an
 * operation is its users' to choose.
 */
@NullMarked
package io.tidemark.contract;

import org.jspecify.annotations.NullMarked;
