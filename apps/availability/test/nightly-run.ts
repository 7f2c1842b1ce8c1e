import { Database } from '@scheduling/persistence';
import { FrozenClock } from '@scheduling/testing';
import { DataSource } from 'typeorm';
import { HorizonService } from '../src/openings/horizon.service.ts';
import { PublishService } from '../src/openings/publish.service.ts';
import { availabilitySchema } from '../src/schema.ts';

// A replica in a process of its own, which a test can kill: node nightly-run.ts <database> <instant>.

const [url, now] = process.argv.slice(2) as [string, string];

async function run(): Promise<void> {
  const source = await new DataSource(availabilitySchema(url)).initialize();
  await new HorizonService(new Database(source, new FrozenClock(new Date(now))), new PublishService()).extend();
}

void run();
