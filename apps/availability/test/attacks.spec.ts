import { readConfig, run } from '@scheduling/service-kit';
import { tokensTaken } from '@scheduling/testing';
import { AvailabilityConfig } from '../src/config.ts';
import { availabilitySchema } from '../src/schema.ts';
import { service } from '../src/service.ts';

describe('availability, asked without the gateway, takes', () => {
  it('a good token, and none that is forged from it', async () => {
    const start = (env: Record<string, string>) => run(service, readConfig(AvailabilityConfig, env));
    const path = '/api/v1/scheduling/availability';
    expect(await tokensTaken({ schema: ['availability', availabilitySchema], start, path })).toEqual([
      ['a good one', 200],
    ]);
  });
});
