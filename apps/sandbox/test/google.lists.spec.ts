import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { EMAIL, googleScenario, type GoogleScenario, hour, lesson, refusal } from './google.scenario.ts';

const calendarId = 'primary';
const DAY = 24;

describe('lists of events at the double of Google', () => {
  let s: GoogleScenario;
  let ada: calendar_v3.Calendar;
  beforeEach(async () => {
    s = await googleScenario();
    s.double.addPerson(EMAIL);
    ada = await s.as();
  });
  afterEach(() => s.close());

  const list = async (params: calendar_v3.Params$Resource$Events$List = {}) =>
    (await ada.events.list({ calendarId, singleEvents: true, ...params })).data;
  const add = (from: number, more: calendar_v3.Schema$Event = {}) =>
    s.double.addEvent(EMAIL, { startAt: hour(from), endAt: hour(from + 1), ...more });
  const ids = ({ items }: calendar_v3.Schema$Events) => items?.map(({ id }) => id);

  it('have what touches the window, without what is deleted', async () => {
    const [before, within, after] = [add(1), add(10), add(20)];
    s.double.deleteEvent(EMAIL, add(11).id!);
    const window = { timeMin: hour(2).toISOString(), timeMax: hour(20).toISOString() };
    expect(ids(await list(window))).toEqual([within.id]);
    expect(ids(await list())).toEqual([before.id, within.id, after.id]);
    expect((await list({ showDeleted: true })).items).toHaveLength(4);
    await expect(refusal(list({ timeMin: '2026-12-01T00:00:00' }))).resolves.toMatchObject({ status: 400 });
  });

  it('come page by page, as they stood at the first one', async () => {
    const events = [add(1), add(2), add(3), add(4), add(5)];
    const first = await list({ maxResults: 2 });
    expect(first).not.toHaveProperty('nextSyncToken');
    s.double.deleteEvent(EMAIL, events[0]!.id!);
    const second = await list({ maxResults: 2, pageToken: first.nextPageToken! });
    const third = await list({ maxResults: 2, pageToken: second.nextPageToken! });
    expect([first, second, third].flatMap(ids)).toEqual(events.map(({ id }) => id));
    const { items } = await list({ syncToken: third.nextSyncToken! });
    expect(items).toEqual([
      { kind: 'calendar#event', id: events[0]!.id, etag: expect.any(String), status: 'cancelled' },
    ]);
  });

  it('go on from a sync token with what has changed, and nothing else', async () => {
    const [one, two] = [add(1), add(2)];
    const { nextSyncToken: token } = await list();
    expect(ids(await list({ syncToken: token! }))).toEqual([]);
    s.double.moveEvent(EMAIL, two.id!, { startAt: hour(5), endAt: hour(6) });
    s.double.deleteEvent(EMAIL, one.id!);
    const changes = await list({ syncToken: token! });
    expect(changes.items).toMatchObject([
      { id: two.id, start: { dateTime: '2026-12-01T05:00:00Z' } },
      { status: 'cancelled' },
    ]);
    expect(ids(await list({ syncToken: changes.nextSyncToken! }))).toEqual([]);
  });

  it.each([
    [{ timeMin: hour(0).toISOString() }, 400],
    [{ privateExtendedProperty: ['a=b'] }, 400],
    [{ singleEvents: false }, 400],
    [{ showDeleted: false }, 400],
    [{ maxResults: 9 }, 200],
  ])('take %j beside a sync token or not: %i', async (more, status) => {
    const { nextSyncToken: syncToken } = await list();
    await expect(refusal(list({ syncToken: syncToken!, ...more }))).resolves.toMatchObject({ status });
  });

  it('want everything read anew when a token is over', async () => {
    const { nextSyncToken: old } = await list();
    s.double.setFaults({ expire_sync_tokens: true });
    const over = { status: 410, reason: 'fullSyncRequired' };
    await expect(refusal(list({ syncToken: old! }))).resolves.toEqual(over);
    const { nextSyncToken: fresh } = await list();
    await expect(refusal(list({ syncToken: fresh! }))).resolves.toMatchObject({ status: 200 });
    s.double.setFaults({});
    await expect(refusal(list({ syncToken: old! }))).resolves.toEqual(over);
  });

  it('find events by their private properties, and give no sync token with them', async () => {
    const mine = add(1, { extendedProperties: { private: { env: 'test', booking: 'b=1' } } });
    add(2, { extendedProperties: { private: { env: 'other' } } });
    const found = await list({ privateExtendedProperty: ['env=test', 'booking=b=1'] });
    expect(ids(found)).toEqual([mine.id]);
    expect(found).not.toHaveProperty('nextSyncToken');
  });

  it('give the fields only that are asked for', async () => {
    add(1, { attendees: [{ self: true, responseStatus: 'accepted', email: EMAIL }] });
    const fields = 'items(id,start/dateTime,attendees(self,responseStatus)),nextSyncToken';
    const data = await list({ fields });
    expect(Object.keys(data)).toEqual(['items', 'nextSyncToken']);
    expect(data.items).toEqual([
      {
        id: expect.any(String),
        start: { dateTime: '2026-12-01T01:00:00Z' },
        attendees: [{ self: true, responseStatus: 'accepted' }],
      },
    ]);
    await expect(refusal(list({ fields: 'items(id' }))).resolves.toMatchObject({ status: 400 });
  });

  describe('with an event that is repeated', () => {
    const start = { dateTime: '2026-10-20T09:00:00+03:00', timeZone: 'Europe/Kyiv' };
    const end = { dateTime: '2026-10-20T10:00:00+03:00', timeZone: 'Europe/Kyiv' };
    const weekly = (rule = 'RRULE:FREQ=WEEKLY;COUNT=3') => s.double.addEvent(EMAIL, { start, end, recurrence: [rule] });
    const starts = ({ items }: calendar_v3.Schema$Events) => items?.map((item) => item.start?.dateTime);

    it('have each occurrence, on the clock of its zone', async () => {
      const { id } = weekly();
      const data = await list();
      expect(starts(data)).toEqual(['2026-10-20T06:00:00Z', '2026-10-27T07:00:00Z', '2026-11-03T07:00:00Z']);
      expect(data.items![1]).toMatchObject({ id: `${id}_20261027T070000Z`, recurringEventId: id });
      expect(data.items![1]).not.toHaveProperty('recurrence');
    });

    it('have the event itself where single events are not asked for', async () => {
      const { id } = weekly();
      expect((await list({ singleEvents: false })).items).toMatchObject([
        { id, recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] },
      ]);
    });

    it('end at the window, though the rule does not', async () => {
      weekly('RRULE:FREQ=DAILY');
      const window = { timeMin: hour(0).toISOString(), timeMax: hour(3 * DAY).toISOString() };
      expect((await list(window)).items).toHaveLength(3);
      expect((await list(window)).items![0]!.start).toMatchObject({ dateTime: '2026-12-01T07:00:00Z' });
    });

    it('say of what is not repeated any more that it is off', async () => {
      const { id } = weekly();
      const { nextSyncToken: syncToken } = await list();
      s.double.changeEvent(EMAIL, id!, { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'] });
      const { items } = await list({ syncToken: syncToken! });
      expect(items?.map((item) => [item.id, item.status])).toEqual([
        [`${id}_20261020T060000Z`, 'confirmed'],
        [`${id}_20261027T070000Z`, 'confirmed'],
        [`${id}_20261103T070000Z`, 'cancelled'],
      ]);
      s.double.deleteEvent(EMAIL, id!);
      const gone = await list({ syncToken: syncToken! });
      expect(gone.items?.map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    });

    it('refuse a rule that is none', async () => {
      const requestBody = lesson(1, { recurrence: ['RRULE:FREQ=SOMETIMES'], start, end });
      await expect(refusal(ada.events.insert({ calendarId, requestBody }))).resolves.toMatchObject({ status: 400 });
    });
  });
});
