import { readCalendarFile } from './calendar-file.ts';

const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:a@example.org', ...lines, 'END:VEVENT'].join('\r\n');

describe('a calendar file', () => {
  it.each([
    ['nothing', ''],
    ['a web page', '<!doctype html><html><body>Sign in</body></html>'],
    ['binary', '\u0000\u0001\ufffd'.repeat(100)],
    ['a file that is cut off', calendar(event('DTSTART:20270326T160000Z')).slice(0, -30)],
    ['an address book', 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ann\r\nEND:VCARD\r\n'],
    ['ends before beginnings', 'END:VCALENDAR\r\nBEGIN:VCALENDAR\r\n'],
    ['a cellar of beginnings', 'BEGIN:VCALENDAR\r\n'.repeat(100_000)],
  ])('is not %s', (_, text) => {
    expect(() => readCalendarFile(text)).toThrow(expect.objectContaining({ name: 'FileFailure' }));
  });

  it('says nothing of what it could not read', () => {
    const secret = calendar(event('DTSTART;TZID=:Dinner with Bob'));
    let thrown: unknown;
    try {
      readCalendarFile(secret);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeDefined();
    expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toContain('Bob');
  });

  it('may be several calendars in one, with bare line feeds and folded lines', () => {
    const text = `${calendar(event('DTSTART:20270326T160000Z', 'DTEND:20270326T170000Z'))}${calendar(
      event('DTSTART;TZID=Europe', ' /Kyiv:20270329T160000', 'DURATION:PT1H'),
    )}`;
    const { events } = readCalendarFile(text.replaceAll('\r\n', '\n'));
    expect(events.map(({ start }) => start)).toEqual([
      { wall: '2027-03-26T16:00:00', isDay: false, zone: 'UTC' },
      { wall: '2027-03-29T16:00:00', isDay: false, zone: 'Europe/Kyiv' },
    ]);
  });

  it('is not read where a line is long enough to hold everybody up', () => {
    const long = calendar(event(`DTSTART${';X=Y'.repeat(40_000)}:20270326T160000Z`));
    expect(() => readCalendarFile(long)).toThrow(expect.objectContaining({ problem: 'too_large' }));
    // What a meeting is about is not read at all, however long.
    const detailed = event('DTSTART:20270326T160000Z', 'DURATION:PT1H', `DESCRIPTION:${'x'.repeat(200_000)}`);
    expect(readCalendarFile(calendar(detailed)).events).toHaveLength(1);
  });
});
