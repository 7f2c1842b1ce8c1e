import { Logger } from '@nestjs/common';
import type { KafkaCluster } from '../src/kafka-client.ts';
import { Bench } from './bench.ts';
import { deliveriesContract, type Repeat } from './deliveries.contract.ts';
import { failuresContract } from './failures.contract.ts';
import { killsContract } from './kills.contract.ts';
import { operationsContract } from './operations.contract.ts';

/** What differs between the logs as far as a test needs to know. */
export interface LogUnderTest {
  readonly service: string;
  readonly kafka: KafkaCluster | null;
  readonly repeat: Repeat;
}

/** What each event log promises, whatever it is made of. */
export function eventLogContract({ service, kafka, repeat }: LogUnderTest): void {
  let bench: Bench;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    bench = await Bench.open(service, kafka);
  });
  beforeEach(() => bench.relay());
  afterEach(() => bench.rest());
  afterAll(() => bench.test.drop());

  deliveriesContract(() => bench, repeat);
  describe('when a delivery fails', () => failuresContract(() => bench));
  operationsContract(() => bench);
  killsContract(() => bench);
}
