import { Logger } from '@nestjs/common';
import { type KafkaCluster, kafkaClient } from '../src/kafka-client.ts';
import { Bench, newCounter } from './bench.ts';
import { type SecuredKafka, securedKafka, USER } from './secured-kafka.ts';

// oxlint-disable-next-line node/no-process-env -- whoever names a broker has Java, and may start another
const hasJava = process.env['TEST_KAFKA_BROKERS'] !== undefined;
const HOW = 'see event-log.kafka.spec.ts: it starts a broker of its own where TEST_KAFKA_BROKERS is set';
if (!hasJava) console.warn(`NOT RUN: Kafka by TLS and SASL. To run it: ${HOW}`);

(hasJava ? describe : describe.skip)('a broker that lets in by TLS and a password', () => {
  let kafka: SecuredKafka;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    kafka = await securedKafka();
  });
  afterAll(() => kafka.stop());

  it.each(['scram-sha-512', 'plain'] as const)('carries facts of whoever signs in by %s', async (mechanism) => {
    const user = { ...USER, mechanism };
    const bench = await Bench.open(`secured${mechanism.slice(0, 5)}`, { ...kafka.cluster, user });
    const [group, counter] = [bench.group(), newCounter()];
    bench.relay();
    await bench.replica(group, bench.noting(group));
    await bench.note(counter, 'sealed');
    await bench.untilNoted(group, counter, 'sealed');
    expect(await bench.notes(group, counter)).toEqual(['sealed']);
    await bench.rest();
    await bench.test.drop();
  });

  it.each<[string, (cluster: SecuredKafka['cluster']) => KafkaCluster, RegExp]>([
    ['by another password', (known) => ({ ...known, user: { ...known.user, password: 'guessed' } }), /authentication/i],
    ['without one', ({ brokers, tls }) => ({ brokers, tls }), /authenticate|closed/i],
    ['with a certificate that nobody trusts', ({ brokers, user }) => ({ brokers, user, tls: {} }), /self-signed/i],
  ])('lets nobody in %s, and nobody shows the password', async (_how, spoiled, refusal) => {
    const admin = kafkaClient('stranger', { ...spoiled(kafka.cluster) }).admin({ retry: { retries: 0 } });
    const said = jest.spyOn(process.stdout, 'write');
    const failure = await admin.connect().then(() => admin.listTopics().then(() => null, String), String);
    expect(failure).toMatch(refusal);
    expect(failure + JSON.stringify(said.mock.calls)).not.toMatch(/guessed|known-to-the-broker/);
    said.mockRestore();
    await admin.disconnect();
  });
});
