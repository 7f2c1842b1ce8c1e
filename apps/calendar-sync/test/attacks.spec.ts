import { readConfig, run } from '@scheduling/service-kit';
import { tokensTaken } from '@scheduling/testing';
import { CalendarSyncConfig } from '../src/config.ts';
import { calendarSyncSchema } from '../src/schema.ts';
import { service } from '../src/service.ts';
import { someKeys } from './scenario.ts';

describe('calendar-sync, asked without the gateway, takes', () => {
  it('a good token, and none that is forged from it', async () => {
    const start = (env: Record<string, string>) =>
      run(service, readConfig(CalendarSyncConfig, { ...env, CALENDAR_TOKEN_KEYS: someKeys('k1') }));
    const path = '/api/v1/scheduling/calendar/status';
    expect(await tokensTaken({ schema: ['calendar_sync', calendarSyncSchema], start, path })).toEqual([
      ['a good one', 200],
    ]);
  });
});
