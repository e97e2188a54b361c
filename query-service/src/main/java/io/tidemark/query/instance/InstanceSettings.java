package io.tidemark.query.instance;

import io.tidemark.query.http.Limits;
import io.tidemark.query.keys.ApiKeys;
import io.tidemark.streams.MeteringSettings;

/**
 * What one instance needs to know, read once at its start.
 *
 * @param metering how it counts
 * @param host the address its door listens at
 * @param port 0 takes any free one
 * @param limits what one client may take from the others
 * @param keys who may ask
 */
public record InstanceSettings(MeteringSettings metering, String host, int port, Limits limits, ApiKeys keys) {}
