package io.tidemark.streams.recount;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.connecting.Connection;

/**
 * What must be known of the deployment that is counted again.
 *
 * @param topicPrefix begins the name of every topic
 * @param time which event times it accepts
 * @param threads that read at once
 */
public record RecountSettings(Connection connection, String topicPrefix, TimeRule time, int threads) {}
