/**
 * What is sent to a real {@code dev} because the OpenAPI document says that it may be: every operation with every kind of key and id, calls
 * made up at random, and the examples of the documents that the API answers to.
 */
@NullMarked
package io.tidemark.dev.contract;

import org.jspecify.annotations.NullMarked;
