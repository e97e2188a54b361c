/**
 * What every contestant runs over: events of a {@link io.tidemark.benchmarks.course.Mix}, laid out once in a topic, and the
 * result that counting them must have. Owns the making and the reading of those bytes, not the clock.
 */
@NullMarked
package io.tidemark.benchmarks.course;

import org.jspecify.annotations.NullMarked;
