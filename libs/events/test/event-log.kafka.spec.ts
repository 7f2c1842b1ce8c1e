import { randomBytes } from 'node:crypto';
import { eventLogContract } from './event-log.contract.ts';

// oxlint-disable-next-line node/no-process-env -- a broker is not part of a test run, unless whoever starts it names one
const brokers = process.env['TEST_KAFKA_BROKERS']?.split(',') ?? [];
const HOW = 'node tools/kafka.mjs --data .data/kafka, then TEST_KAFKA_BROKERS=127.0.0.1:<port> npm test -- libs/events';

if (brokers.length === 0) {
  console.warn(`NOT RUN: the event log in Kafka. To run it: ${HOW}`);
  describe('the event log in Kafka', () => {
    // oxlint-disable-next-line jest/no-disabled-tests, jest/expect-expect -- the summary then counts that something was skipped
    it.skip(`was not tried: TEST_KAFKA_BROKERS is not set (${HOW})`, () => undefined);
  });
} else {
  describe('the event log in Kafka', () => {
    eventLogContract({
      // Topics outlive the run: each run has its own.
      service: `bench${randomBytes(4).toString('hex')}`,
      kafka: { brokers },
      repeat: async (bench, _, envelope) => {
        const { id, type, partitionkey } = envelope;
        await bench.test.source.query(
          'insert into outbox (event_id, topic, key, type, envelope) values ($1, $2, $3, $4, $5)',
          [id, `scheduling.${bench.service}`, partitionkey, type, envelope],
        );
      },
    });
  });
}
