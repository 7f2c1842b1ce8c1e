import { readConfig, run } from '@scheduling/service-kit';
import { tokensTaken } from '@scheduling/testing';
import { NotificationConfig } from '../src/config.ts';
import { notificationSchema } from '../src/schema.ts';
import { service } from '../src/service.ts';

describe('notification, asked without the gateway, takes', () => {
  it('a good token, and none that is forged from it', async () => {
    const start = (env: Record<string, string>) => run(service, readConfig(NotificationConfig, env));
    const path = '/api/v1/scheduling/notifications';
    expect(await tokensTaken({ schema: ['notification', notificationSchema], start, path })).toEqual([
      ['a good one', 200],
    ]);
  });
});
