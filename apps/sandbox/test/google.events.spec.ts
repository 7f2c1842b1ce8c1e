import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';
import { EMAIL, googleScenario, type GoogleScenario, hour, lesson, refusal } from './google.scenario.ts';

const calendarId = 'primary';

describe('events at the double of Google', () => {
  let s: GoogleScenario;
  let ada: calendar_v3.Calendar;
  beforeEach(async () => {
    s = await googleScenario();
    s.double.addPerson(EMAIL, 'Europe/Kyiv', [
      { id: 'read@group', summary: 'Read', accessRole: 'reader' },
      { id: 'busy@group', summary: 'Busy', accessRole: 'freeBusyReader' },
    ]);
    ada = await s.as();
  });
  afterEach(() => s.close());

  const insert = async (requestBody = lesson(10), more = {}) =>
    (await ada.events.insert({ calendarId, requestBody, ...more })).data;

  it('lists the calendars of a person, the main one first', async () => {
    const { data } = await ada.calendarList.list();
    expect(data.items).toMatchObject([
      { id: EMAIL, primary: true, accessRole: 'owner', timeZone: 'Europe/Kyiv' },
      { id: 'read@group', accessRole: 'reader' },
      { id: 'busy@group', accessRole: 'freeBusyReader' },
    ]);
  });

  it('keeps what is inserted, and tells its times on the calendar’s clock', async () => {
    const event = await insert({ ...lesson(10), id: 'lesson1', summary: 'Maths' });
    expect(event).toMatchObject({
      id: 'lesson1',
      iCalUID: 'lesson1@google.com',
      status: 'confirmed',
      sequence: 0,
      start: { dateTime: '2026-12-01T12:00:00+02:00' },
      updated: '2026-11-22T10:11:12.000Z',
    });
    expect((await ada.events.get({ calendarId, eventId: 'lesson1' })).data).toEqual(event);
    expect(s.double.events(EMAIL)).toMatchObject([{ summary: 'Maths' }]);
  });

  it('takes an id once, also after its event is deleted, and no bad one', async () => {
    await insert({ ...lesson(10), id: 'lesson1' });
    await expect(refusal(insert({ ...lesson(10), id: 'lesson1' }))).resolves.toEqual({
      status: 409,
      reason: 'duplicate',
    });
    await ada.events.delete({ calendarId, eventId: 'lesson1' });
    await expect(refusal(insert({ ...lesson(10), id: 'lesson1' }))).resolves.toMatchObject({ status: 409 });
    await expect(refusal(insert({ ...lesson(10), id: 'Lesson-1' }))).resolves.toMatchObject({ status: 400 });
  });

  it('refuses times that are none, and names that it does not know', async () => {
    const refused = async (body: object) => (await refusal(insert(body))).status;
    await expect(refused({ ...lesson(10), end: lesson(9).start })).resolves.toBe(400);
    await expect(refused({ ...lesson(10), end: { date: '2026-12-02' } })).resolves.toBe(400);
    await expect(refused({ ...lesson(10), start: { dateTime: '2026-12-01T10:00:00' } })).resolves.toBe(400);
    await expect(refused({ ...lesson(10), sumary: 'Maths' })).resolves.toBe(400);
    await expect(refusal(ada.events.list({ calendarId, singelEvents: true } as object))).resolves.toMatchObject({
      status: 400,
    });
  });

  it('patches by merging, and counts what moves', async () => {
    const marks = { private: { one: '1', two: '2' } };
    const { id: eventId, updated } = await insert({ ...lesson(10), id: 'lesson1', extendedProperties: marks });
    const patch = async (requestBody: calendar_v3.Schema$Event) =>
      (await ada.events.patch({ calendarId, eventId: eventId!, requestBody })).data;
    const named = await patch({ summary: 'Maths', extendedProperties: { private: { two: '3' } } });
    expect(named).toMatchObject({ sequence: 0, extendedProperties: { private: { one: '1', two: '3' } } });
    expect(named.updated! > updated!).toBe(true);
    await expect(patch({ start: lesson(8).start! })).resolves.toMatchObject({ sequence: 1, summary: 'Maths' });
    await expect(patch({ summary: null })).resolves.not.toHaveProperty('summary');
  });

  it('puts an update in the place of what was there', async () => {
    await insert({ ...lesson(10), id: 'lesson1', location: 'here' });
    const { data } = await ada.events.update({ calendarId, eventId: 'lesson1', requestBody: lesson(11) });
    expect(data).toMatchObject({ id: 'lesson1', iCalUID: 'lesson1@google.com', sequence: 1 });
    expect(data).not.toHaveProperty('location');
  });

  it('says that what is deleted is, and lets it be confirmed again', async () => {
    await insert({ ...lesson(10), id: 'lesson1' });
    const remove = () => ada.events.delete({ calendarId, eventId: 'lesson1' });
    await remove();
    await expect(refusal(remove())).resolves.toEqual({ status: 410, reason: 'deleted' });
    expect((await ada.events.get({ calendarId, eventId: 'lesson1' })).data.status).toBe('cancelled');
    expect(s.double.events(EMAIL)).toEqual([]);
    await ada.events.patch({ calendarId, eventId: 'lesson1', requestBody: { status: 'confirmed' } });
    expect(s.double.events(EMAIL)).toMatchObject([{ id: 'lesson1' }]);
    await expect(refusal(ada.events.get({ calendarId, eventId: 'nobody' }))).resolves.toEqual({
      status: 404,
      reason: 'notFound',
    });
  });

  it('writes over the version only that was seen, where one is named', async () => {
    const { etag } = await insert({ ...lesson(10), id: 'lesson1' });
    const patch = () =>
      ada.events.patch(
        { calendarId, eventId: 'lesson1', requestBody: { summary: 'Maths' } },
        { headers: { 'If-Match': etag! } },
      );
    await patch();
    await expect(refusal(patch())).resolves.toEqual({ status: 412, reason: 'conditionNotMet' });
  });

  it('lets nobody write where they only read, nor read where they only see what is taken', async () => {
    const requestBody = lesson(10);
    const into = (id: string) => refusal(ada.events.insert({ calendarId: id, requestBody }));
    await expect(into('read@group')).resolves.toEqual({ status: 403, reason: 'requiredAccessLevel' });
    await expect(into('nobody@group')).resolves.toMatchObject({ status: 404 });
    await expect(refusal(ada.events.list({ calendarId: 'busy@group' }))).resolves.toMatchObject({ status: 404 });
  });

  describe('with a room', () => {
    const conferenceData = { createRequest: { requestId: 'r1', conferenceSolutionKey: { type: 'hangoutsMeet' } } };
    const asked = { ...lesson(10), id: 'lesson1', conferenceData };
    const get = async () => (await ada.events.get({ calendarId, eventId: 'lesson1' })).data;

    it('has one when it is asked for with the version of conference data', async () => {
      const { hangoutLink, conferenceData: data } = await insert(asked, { conferenceDataVersion: 1 });
      expect(hangoutLink).toMatch(/^https:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
      expect(data?.createRequest?.status).toEqual({ statusCode: 'success' });
      await ada.events.patch({ calendarId, eventId: 'lesson1', requestBody: { summary: 'Maths' } });
      expect((await get()).hangoutLink).toBe(hangoutLink);
      await insert({ ...asked, id: 'lesson2' });
      expect(s.double.event(EMAIL, 'lesson2')).not.toHaveProperty('conferenceData');
    });

    it('waits for one that is pending until all goes well again', async () => {
      s.double.setFaults({ meet: 'pending' });
      await insert(asked, { conferenceDataVersion: 1 });
      expect(await get()).toMatchObject({ conferenceData: { createRequest: { status: { statusCode: 'pending' } } } });
      s.double.setFaults({});
      expect(await get()).toMatchObject({ hangoutLink: expect.stringContaining('https://meet.google.com/') });
    });

    it('has none where that fails', async () => {
      s.double.setFaults({ meet: 'fail' });
      const event = await insert(asked, { conferenceDataVersion: 1 });
      expect(event).toMatchObject({ conferenceData: { createRequest: { status: { statusCode: 'failure' } } } });
      expect(event).not.toHaveProperty('hangoutLink');
    });
  });

  describe('as busy times', () => {
    const ask = async (timeMax = hour(24), id = EMAIL) => {
      const requestBody = { timeMin: hour(0).toISOString(), timeMax: timeMax.toISOString(), items: [{ id }] };
      return (await ada.freebusy.query({ requestBody })).data.calendars![id];
    };

    it('are joined, without what is free, declined or deleted', async () => {
      for (const [from, to] of [
        [10, 12],
        [11, 13],
      ])
        s.double.addEvent(EMAIL, { startAt: hour(from!), endAt: hour(to!) });
      s.double.addEvent(EMAIL, { startAt: hour(15), endAt: hour(16), transparency: 'transparent' });
      s.double.addEvent(EMAIL, {
        startAt: hour(17),
        endAt: hour(18),
        attendees: [{ self: true, responseStatus: 'declined' }],
      });
      s.double.deleteEvent(EMAIL, s.double.addEvent(EMAIL, { startAt: hour(19), endAt: hour(20) }).id!);
      expect(await ask()).toEqual({ busy: [{ start: '2026-12-01T10:00:00Z', end: '2026-12-01T13:00:00Z' }] });
    });

    it('begin a whole day at the calendar’s own midnight', async () => {
      s.double.addEvent(EMAIL, { start: { date: '2026-12-02' }, end: { date: '2026-12-03' } });
      expect(await ask(hour(72))).toEqual({ busy: [{ start: '2026-12-01T22:00:00Z', end: '2026-12-02T22:00:00Z' }] });
    });

    it('are an error of their calendar where they cannot be told, and of the request where it asks for too much', async () => {
      expect(await ask(hour(24), 'nobody@group')).toEqual({
        busy: [],
        errors: [{ domain: 'global', reason: 'notFound' }],
      });
      s.double.setFaults({ free_busy_error: 'internalError' });
      expect(await ask()).toMatchObject({ errors: [{ reason: 'internalError' }] });
      await expect(refusal(ask(hour(24 * 100)))).resolves.toEqual({ status: 400, reason: 'timeRangeTooLong' });
    });
  });
});
