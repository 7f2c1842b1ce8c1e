import { readConfig, run } from '@scheduling/service-kit';
import { tokensTaken } from '@scheduling/testing';
import { BookingConfig } from '../src/config.ts';
import { bookingSchema } from '../src/schema.ts';
import { service } from '../src/service.ts';

describe('booking, asked without the gateway, takes', () => {
  it('a good token, and none that is forged from it', async () => {
    const start = (env: Record<string, string>) => run(service, readConfig(BookingConfig, env));
    const path = '/api/v1/scheduling/bookings';
    expect(await tokensTaken({ schema: ['booking', bookingSchema], start, path })).toEqual([['a good one', 200]]);
  });
});
