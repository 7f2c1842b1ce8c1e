import { until } from '@scheduling/testing';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import {
  EMAIL,
  googleScenario,
  type GoogleScenario,
  hour,
  type Listener,
  listener,
  refusal,
} from './google.scenario.ts';

const calendarId = 'primary';

describe('pushes of the double of Google', () => {
  let s: GoogleScenario;
  let ada: calendar_v3.Calendar;
  let ear: Listener;
  beforeEach(async () => {
    [s, ear] = [await googleScenario(), await listener()];
    s.double.addPerson(EMAIL);
    ada = await s.as();
  });
  afterEach(async () => {
    await s.close();
    await ear.close();
  });

  const watch = async (more: calendar_v3.Schema$Channel = {}) => {
    const requestBody = { id: 'channel-1', type: 'web_hook', address: ear.url, token: 'hush', ...more };
    return (await ada.events.watch({ calendarId, requestBody })).data;
  };
  const write = (hours = 10) => s.double.addEvent(EMAIL, { startAt: hour(hours), endAt: hour(hours + 1) });
  const states = () => ear.pushes.map((headers) => headers['x-goog-resource-state']);

  it('begin with a word that the channel is open, and follow each change', async () => {
    const { resourceId, expiration } = await watch();
    expect(Number(expiration) - s.clock.now().getTime()).toBe(7 * 86_400_000);
    await s.double.pushesSettled();
    const { id } = write();
    await s.double.pushesSettled();
    s.double.deleteEvent(EMAIL, id!);
    await s.double.pushesSettled();
    expect(states()).toEqual(['sync', 'exists', 'exists']);
    expect(ear.pushes[1]).toMatchObject({
      'x-goog-channel-id': 'channel-1',
      'x-goog-channel-token': 'hush',
      'x-goog-resource-id': resourceId,
      'x-goog-message-number': '2',
      'content-length': '0',
    });
  });

  it('end when the channel is stopped by whoever opened it', async () => {
    const { id, resourceId } = await watch();
    const stop = (body: calendar_v3.Schema$Channel) => refusal(ada.channels.stop({ requestBody: body }));
    await expect(stop({ id: id!, resourceId: 'another' })).resolves.toMatchObject({ status: 404 });
    const grace = await s.as('grace@example.org');
    const asGrace = grace.channels.stop({ requestBody: { id: id!, resourceId: resourceId! } });
    await expect(refusal(asGrace)).resolves.toMatchObject({ status: 404 });
    await expect(stop({ id: id!, resourceId: resourceId! })).resolves.toMatchObject({ status: 200 });
    write();
    await s.double.pushesSettled();
    expect(states()).toEqual(['sync']);
    expect(s.double.channels()).toEqual([]);
  });

  it('end when the channel’s time is over', async () => {
    await watch({ params: { ttl: '60' } });
    s.clock.advance(1);
    write();
    await s.double.pushesSettled();
    expect(states()).toEqual(['sync']);
  });

  it('go nowhere but to this machine, and under an id that is new', async () => {
    for (const address of ['http://example.org/', 'http://localhost.example.org/', 'http://notlocalhost/'])
      await expect(refusal(watch({ address }))).resolves.toMatchObject({
        status: 400,
        reason: 'push.webhookUrlNotHttps',
      });
    await watch({ id: 'named', address: ear.url.replace('127.0.0.1', 'gateway.localhost') });
    await watch();
    await expect(refusal(watch())).resolves.toMatchObject({ status: 400, reason: 'channelIdNotUnique' });
  });

  it('are tried again after a 503, and not after a 404', async () => {
    ear.status = 503;
    await watch();
    await until('it is tried again', async () => ear.pushes.length >= 2);
    ear.status = 404;
    await s.double.pushesSettled();
    const before = ear.pushes.length;
    write();
    await s.double.pushesSettled();
    expect(ear.pushes).toHaveLength(before + 1);
  });

  it('are lost, doubled or overtaken when told to', async () => {
    await watch();
    await s.double.pushesSettled();
    s.double.setFaults({ pushes: { lose: 1 } });
    write();
    await s.double.pushesSettled();
    expect(states()).toEqual(['sync']);
    s.double.setFaults({ pushes: { duplicate: 1 } });
    write();
    await s.double.pushesSettled();
    expect(states()).toEqual(['sync', 'exists', 'exists']);
    s.double.setFaults({ pushes: { reorder: 1 } });
    write();
    s.double.setFaults({});
    write();
    await s.double.pushesSettled();
    expect(ear.pushes.slice(3).map((headers) => headers['x-goog-message-number'])).toEqual(['5', '4']);
  });
});
