// Sends the events of a file as users of kafkajs do, with the newest schema that is registered, and ends when all are acknowledged.
'use strict';

const fs = require('node:fs');
const { CompressionTypes, Kafka, Partitioners, logLevel } = require('kafkajs');
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry');

const { KAFKA, REGISTRY, PARTITIONER, EVENTS } = process.env;
const SCALE = 9;
const DECIMALS = ['quantity', 'credits', 'cost'];
const AT_ONCE = 500;

// Avro's decimal: the unscaled number, two's complement, the highest byte first, in as few bytes as hold it.
function decimal(text) {
  const [whole, fraction = ''] = text.split('.');
  let rest = BigInt(whole + fraction.padEnd(SCALE, '0'));
  const bytes = [];
  do {
    bytes.unshift(Number(BigInt.asUintN(8, rest)));
    rest >>= 8n;
  } while (rest !== (bytes[0] & 0x80 ? -1n : 0n));
  return Buffer.from(bytes);
}

function avro(value) {
  const fields = { ...value };
  for (const name of DECIMALS) {
    if (name in fields) {
      fields[name] = decimal(fields[name]);
    }
  }
  return fields;
}

async function messages(schemaId, registry, events) {
  const byTopic = new Map();
  for (const { topic, key, partition, value } of events) {
    const message = { key, value: await registry.encode(await schemaId(topic), avro(value)) };
    if (partition !== null) {
      message.partition = partition;
    }
    byTopic.set(topic, byTopic.get(topic) ?? []);
    byTopic.get(topic).push(message);
  }
  return [...byTopic].map(([topic, list]) => ({ topic, messages: list }));
}

// Asks once for each topic.
function newestSchemas(registry) {
  const ids = new Map();
  return (topic) => {
    if (!ids.has(topic)) {
      ids.set(topic, registry.getLatestSchemaId(`${topic}-value`));
    }
    return ids.get(topic);
  };
}

async function main() {
  const registry = new SchemaRegistry({ host: REGISTRY });
  const schemaId = newestSchemas(registry);
  const kafka = new Kafka({ brokers: KAFKA.split(','), clientId: 'js', logLevel: logLevel.ERROR });
  const legacy = PARTITIONER === 'legacy';
  const producer = kafka.producer({
    createPartitioner: legacy ? Partitioners.LegacyPartitioner : Partitioners.DefaultPartitioner,
  });
  const events = fs.readFileSync(EVENTS, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  await producer.connect();
  for (let i = 0; i < events.length; i += AT_ONCE) {
    await producer.sendBatch({
      topicMessages: await messages(schemaId, registry, events.slice(i, i + AT_ONCE)),
      acks: -1,
      compression: legacy ? CompressionTypes.GZIP : CompressionTypes.None,
    });
  }
  await producer.disconnect();
}

main().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
