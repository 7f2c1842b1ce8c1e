import ICAL from 'ical.js';
import { GoogleService } from '../src/google/google.service.ts';
import { EMAIL, hour } from './google.scenario.ts';
import { sandbox, type Sandbox } from './scenario.ts';

const DENTIST = { email: EMAIL, summary: 'Dentist', start_at: hour(10).toISOString(), end_at: hour(11).toISOString() };

describe('the calendars of the double of Google', () => {
  let s: Sandbox;
  beforeEach(async () => {
    s = await sandbox();
  });
  afterEach(() => s.close());

  const double = () => s.app.get(GoogleService).double;
  const page = async () => (await s.get('/sandbox/google')).text();
  const calendars = async (query = '') =>
    (await (await s.get(`/sandbox/google/calendars.json${query}`)).json()) as object;
  const send = (method: string, path: string, body?: object) =>
    fetch(`${s.url}/sandbox/google/${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });

  it('are shown with what stands in them, as text', async () => {
    expect(await page()).toContain('Nobody has a calendar yet');
    await send('POST', 'events', { ...DENTIST, summary: '<b>Dentist</b>' });
    const shown = await page();
    expect(shown).toContain('&lt;b&gt;Dentist&lt;/b&gt;');
    expect(shown).toContain('2026-12-01 10:00:00 UTC');
    expect(shown).toContain(`<h2>${EMAIL}</h2>`);
  });

  it('get an event, move it, and lose it', async () => {
    const made = await send('POST', 'events', DENTIST);
    const event = (await made.json()) as { id: string };
    expect([made.status, event]).toEqual([
      201,
      {
        id: event.id,
        summary: 'Dentist',
        start_at: DENTIST.start_at,
        end_at: DENTIST.end_at,
        status: 'confirmed',
        booking_id: null,
        join_link: null,
      },
    ]);
    expect(await calendars(`?email=${EMAIL}`)).toEqual({
      items: [{ email: EMAIL, calendar_id: EMAIL, summary: EMAIL, events: [event] }],
    });
    const path = `events/${event.id}?email=${EMAIL}`;
    const times = { start_at: hour(12).toISOString(), end_at: hour(13).toISOString() };
    expect(await (await send('PATCH', path, times)).json()).toEqual({ ...event, ...times });
    expect((await send('DELETE', path)).status).toBe(204);
    expect(await calendars()).toMatchObject({ items: [{ events: [] }] });
    expect((await send('DELETE', path)).status).toBe(404);
  });

  it('let a whole day become an hour, on the clock that it had', async () => {
    double().addPerson(EMAIL, 'Europe/Kyiv');
    const { id } = double().addEvent(EMAIL, { start: { date: '2026-12-24' }, end: { date: '2026-12-25' } });
    const times = { start_at: hour(12).toISOString(), end_at: hour(13).toISOString() };
    expect(await (await send('PATCH', `events/${id}?email=${EMAIL}`, times)).json()).toMatchObject(times);
    expect(double().event(EMAIL, id!).start).toEqual({ dateTime: times.start_at });
  });

  it('tell which event is a lesson of ours, and where people come in', async () => {
    double().addPerson(EMAIL);
    const properties = { private: { scheduling_booking_id: 'b1' } };
    const times = { startAt: hour(10), endAt: hour(11) };
    double().addEvent(EMAIL, { ...times, extendedProperties: properties, location: 'https://meet.example/b1' });
    expect(await calendars()).toMatchObject({
      items: [{ events: [{ booking_id: 'b1', join_link: 'https://meet.example/b1' }] }],
    });
    expect(await page()).toContain('lesson');
  });

  it('refuse what is no event, and whoever has none', async () => {
    expect((await send('POST', 'events', { ...DENTIST, end_at: hour(9).toISOString() })).status).toBe(422);
    expect((await send('POST', 'events', { ...DENTIST, email: 'nobody' })).status).toBe(400);
    expect((await send('PATCH', `events/abcdef?email=${EMAIL}`, {})).status).toBe(404);
    expect((await s.get('/sandbox/google/calendars/nobody@example.org.ics')).status).toBe(404);
  });

  it('are files, too', async () => {
    const summary = `Dentist, ${'very '.repeat(30)}`.trim();
    await send('POST', 'events', { ...DENTIST, summary, recurrence: 'RRULE:FREQ=WEEKLY;COUNT=2' });
    double().addEvent(EMAIL, { summary: 'Off', start: { date: '2026-12-24' }, end: { date: '2026-12-27' } });
    const answer = await s.get(`/sandbox/google/calendars/${EMAIL}.ics`);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = await answer.text();
    expect(text.split('\r\n').every((line) => line.length <= 75)).toBe(true);
    const events = new ICAL.Component(ICAL.parse(text) as string)
      .getAllSubcomponents('vevent')
      .map((one) => new ICAL.Event(one));
    expect(events.map(({ summary: title, startDate, endDate }) => [title, String(startDate), String(endDate)])).toEqual(
      [
        [summary, '2026-12-01T10:00:00Z', '2026-12-01T11:00:00Z'],
        [summary, '2026-12-08T10:00:00Z', '2026-12-08T11:00:00Z'],
        ['Off', '2026-12-24', '2026-12-27'],
      ],
    );
  });

  it('fail as told', async () => {
    const asked = () => fetch(`${double().url}/token`, { method: 'POST' });
    const requests = [{ kind: 'status', status: 503, path: '/token', times: 1 }];
    expect((await send('PUT', 'faults', { requests, pushes: { lose: 0.5 }, meet: 'pending' })).status).toBe(204);
    expect((await asked()).status).toBe(503);
    expect((await asked()).status).toBe(401);
    expect((await send('PUT', 'faults', { meet: 'perhaps' })).status).toBe(400);
  });
});
