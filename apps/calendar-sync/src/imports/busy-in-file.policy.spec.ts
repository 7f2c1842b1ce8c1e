import { busyInFile } from './busy-in-file.policy.ts';
import { readCalendarFile } from './calendar-file.ts';

// Kyiv's clocks go forward on 28 March 2027 at 3:00 and back on 31 October at 4:00; those of New York on 14 March and 7 November.
const window = { startAt: new Date('2027-03-20T00:00:00Z'), endAt: new Date('2027-04-10T00:00:00Z') };

const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:a@example.org', ...lines, 'END:VEVENT'].join('\r\n');
const CUSTOM = `BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`.replaceAll('\n', '\r\n');

/** The busy times of a calendar with these parts, such as `03-26T16:00 – 03-26T17:00`, in order. */
function busy(...parts: string[]): string[] {
  const ranges = busyInFile(readCalendarFile(calendar(...parts)), {
    window,
    timezone: 'Europe/Kyiv',
    isOurs: (uid) => uid.endsWith('@ours'),
  });
  const short = (at: Date) => at.toISOString().slice(5, 16);
  return ranges.map(({ startAt, endAt }) => `${short(startAt)} – ${short(endAt)}`).toSorted();
}

describe('the busy time of a calendar file', () => {
  it.each([
    ['in UTC', ['DTSTART:20270326T160000Z', 'DTEND:20270326T170000Z'], '03-26T16:00 – 03-26T17:00'],
    ['with a length', ['DTSTART:20270326T160000Z', 'DURATION:PT1H30M'], '03-26T16:00 – 03-26T17:30'],
    [
      'in a zone, before the clocks change',
      ['DTSTART;TZID=Europe/Kyiv:20270327T160000', 'DURATION:PT1H'],
      '03-27T14:00 – 03-27T15:00',
    ],
    ['in a zone, after', ['DTSTART;TZID=Europe/Kyiv:20270329T160000', 'DURATION:PT1H'], '03-29T13:00 – 03-29T14:00'],
    [
      'in the hour that is skipped',
      ['DTSTART;TZID=Europe/Kyiv:20270328T033000', 'DURATION:PT1H'],
      '03-28T01:30 – 03-28T02:30',
    ],
    [
      'over the change, in elapsed time',
      ['DTSTART;TZID=Europe/Kyiv:20270328T023000', 'DTEND;TZID=Europe/Kyiv:20270328T043000'],
      '03-28T00:30 – 03-28T01:30',
    ],
    ['on the clock of its owner', ['DTSTART:20270329T160000', 'DTEND:20270329T170000'], '03-29T13:00 – 03-29T14:00'],
    [
      'on the day that has 23 hours',
      ['DTSTART;VALUE=DATE:20270328', 'DTEND;VALUE=DATE:20270329'],
      '03-27T22:00 – 03-28T21:00',
    ],
    ['on days without an end', ['DTSTART;VALUE=DATE:20270326'], '03-25T22:00 – 03-26T22:00'],
    ['of whole days with a length', ['DTSTART;VALUE=DATE:20270327', 'DURATION:P2D'], '03-26T22:00 – 03-28T21:00'],
    [
      'in a zone with a path',
      ['DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Kyiv:20270329T160000', 'DURATION:PT1H'],
      '03-29T13:00 – 03-29T14:00',
    ],
    [
      'in a zone of three names',
      ['DTSTART;TZID=America/Argentina/Salta:20270329T160000', 'DURATION:PT1H'],
      '03-29T19:00 – 03-29T20:00',
    ],
    [
      'in two zones',
      ['DTSTART;TZID=Europe/Kyiv:20270329T160000', 'DTEND;TZID=America/New_York:20270329T100000'],
      '03-29T13:00 – 03-29T14:00',
    ],
    [
      'that begins before the window',
      ['DTSTART:20270301T000000Z', 'DTEND:20270321T000000Z'],
      '03-01T00:00 – 03-21T00:00',
    ],
    [
      'that is tentative',
      ['DTSTART:20270326T160000Z', 'DTEND:20270326T170000Z', 'STATUS:TENTATIVE'],
      '03-26T16:00 – 03-26T17:00',
    ],
  ])('is that of an event %s', (_, lines, expected) => {
    expect(busy(event(...lines))).toEqual([expected]);
  });

  it.each([
    ['is over', ['DTSTART:20270301T160000Z', 'DTEND:20270301T170000Z']],
    ['is far away', ['DTSTART:20280301T160000Z', 'DTEND:20280301T170000Z']],
    ['takes no time', ['DTSTART:20270326T160000Z', 'DTEND:20270326T170000Z', 'TRANSP:TRANSPARENT']],
    ['is canceled', ['DTSTART:20270326T160000Z', 'DTEND:20270326T170000Z', 'STATUS:CANCELLED']],
    ['is free in Outlook', ['DTSTART:20270326T160000Z', 'DTEND:20270326T170000Z', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE']],
    ['has no length', ['DTSTART:20270326T160000Z']],
    ['ends before it begins', ['DTSTART:20270326T160000Z', 'DTEND:20270326T150000Z']],
    ['is a lesson of ours', ['DTSTART:20270326T160000Z', 'DTEND:20270326T170000Z', 'UID:b@ours'].toReversed()],
  ])('is none of an event that %s', (_, lines) => {
    const own = lines[0]!.startsWith('UID') ? ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n') : event(...lines);
    expect(busy(own)).toEqual([]);
  });

  it('is none of what the owner of the calendar has declined, and of what others have it is', () => {
    const declined = (who: string) =>
      event('DTSTART:20270326T160000Z', 'DURATION:PT1H', `ATTENDEE;PARTSTAT=DECLINED:mailto:${who}`);
    expect(busy('X-WR-CALNAME:Ann@example.org', declined('ann@example.org'))).toEqual([]);
    expect(busy('X-WR-CALNAME:Ann@example.org', declined('bob@example.org'))).toHaveLength(1);
  });

  it('takes the zone that the calendar names for times without one', () => {
    const lunch = event('DTSTART:20270326T120000', 'DURATION:PT1H');
    expect(busy('X-WR-TIMEZONE:America/New_York', lunch)).toEqual(['03-26T16:00 – 03-26T17:00']);
    expect(busy('X-WR-TIMEZONE:Middle Earth', lunch)).toEqual(['03-26T10:00 – 03-26T11:00']);
  });

  it('keeps the hours of a weekly event over the change of the clocks', () => {
    const weekly = event('DTSTART;TZID=Europe/Kyiv:20270105T160000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;BYDAY=TU');
    expect(busy(weekly)).toEqual([
      '03-23T14:00 – 03-23T15:00',
      '03-30T13:00 – 03-30T14:00',
      '04-06T13:00 – 04-06T14:00',
    ]);
  });

  it('follows a zone that the file defines itself, on both sides of its change', () => {
    const weekly = event(
      'DTSTART;TZID=Customized Time Zone:20270105T160000',
      'DURATION:PT1H',
      'RRULE:FREQ=WEEKLY;BYDAY=TU',
    );
    expect(busy(CUSTOM, weekly)).toEqual([
      '03-23T14:00 – 03-23T15:00',
      '03-30T13:00 – 03-30T14:00',
      '04-06T13:00 – 04-06T14:00',
    ]);
    const skipped = event('DTSTART;TZID=Customized Time Zone:20270328T033000', 'DURATION:PT1H');
    expect(busy(CUSTOM, skipped)).toEqual(['03-28T01:30 – 03-28T02:30']);
    // Where the clocks go back that day instead, from 4:00 to 3:00: of two times the first is meant.
    const south = CUSTOM.replace('BYMONTH=10', 'BYMONTH=9')
      .replace('BYMONTH=3', 'BYMONTH=10')
      .replace('BYMONTH=9', 'BYMONTH=3');
    expect(busy(south, skipped)).toEqual(['03-28T00:30 – 03-28T01:30']);
  });

  it.each([
    ['a day', 'UNTIL=20270330'],
    ['an instant', 'UNTIL=20270330T130000Z'],
    ['a wall time', 'UNTIL=20270330T160000'],
    ['a count', 'COUNT=13'],
  ])('ends a rule with %s, that one included', (_, end) => {
    const weekly = event('DTSTART;TZID=Europe/Kyiv:20270105T160000', 'DURATION:PT1H', `RRULE:FREQ=WEEKLY;${end}`);
    expect(busy(weekly)).toEqual(['03-23T14:00 – 03-23T15:00', '03-30T13:00 – 03-30T14:00']);
  });

  it('leaves out exceptions and adds what is added', () => {
    const daily = event(
      'DTSTART;TZID=Europe/Kyiv:20270322T160000',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;COUNT=4',
      'EXDATE;TZID=Europe/Kyiv:20270323T160000',
      'EXDATE;VALUE=DATE:20270324',
      'RDATE:20270401T100000Z',
    );
    expect(busy(daily)).toEqual([
      '03-22T14:00 – 03-22T15:00',
      '03-25T14:00 – 03-25T15:00',
      '04-01T10:00 – 04-01T11:00',
    ]);
  });

  it('puts a moved one of a series in its new place, and one that is off nowhere', () => {
    const series = event('DTSTART;TZID=Europe/Kyiv:20270322T160000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3');
    const moved = event(
      'RECURRENCE-ID;TZID=Europe/Kyiv:20270323T160000',
      'DTSTART:20270323T190000Z',
      'DTEND:20270323T200000Z',
    );
    const off = event(
      'RECURRENCE-ID:20270324T140000Z',
      'DTSTART:20270324T140000Z',
      'DTEND:20270324T150000Z',
      'STATUS:CANCELLED',
    );
    expect(busy(series, moved, off)).toEqual(['03-22T14:00 – 03-22T15:00', '03-23T19:00 – 03-23T20:00']);
  });

  it('has the birthdays of the born before 1970 and everything that began long ago', () => {
    const birthday = event('DTSTART;VALUE=DATE:19450326', 'RRULE:FREQ=YEARLY');
    expect(busy(birthday)).toEqual(['03-25T22:00 – 03-26T22:00']);
    const bins = event('DTSTART:19690107T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;INTERVAL=2');
    expect(busy(bins)).toEqual(['03-30T10:00 – 03-30T11:00']);
  });

  it('is that of free-busy files, too', () => {
    const lines = [
      'BEGIN:VFREEBUSY',
      'FREEBUSY:20270326T160000Z/PT1H,20270327T160000Z/20270327T163000Z',
      'FREEBUSY;FBTYPE=FREE:20270328T160000Z/PT1H',
      'END:VFREEBUSY',
    ];
    expect(busy(lines.join('\r\n'))).toEqual(['03-26T16:00 – 03-26T17:00', '03-27T16:00 – 03-27T16:30']);
  });

  it.each([
    ['in a zone that nobody knows', ['DTSTART;TZID=Middle Earth:20270326T160000', 'DURATION:PT1H'], 'timezone_unknown'],
    ['without a start', ['DTEND:20270326T160000Z'], 'not_a_calendar'],
    ['at a time that is none', ['DTSTART:20270326T250000Z', 'DURATION:PT1H'], 'local_time_not_understood'],
    ['at 30 February', ['DTSTART:20270230T100000Z', 'DURATION:PT1H'], 'local_time_not_understood'],
    ['each second', ['DTSTART:20270326T160000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'], 'rule_not_understood'],
    [
      'each minute for good',
      ['DTSTART:20270326T160000Z', 'DURATION:PT1S', 'RRULE:FREQ=MINUTELY'],
      'rule_too_expensive',
    ],
    [
      'by a rule that never matches',
      ['DTSTART:20270326T160000Z', 'DURATION:PT1H', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'],
      'rule_not_understood',
    ],
    ['by nonsense', ['DTSTART:20270326T160000Z', 'DURATION:PT1H', 'RRULE:FREQ=NEVER'], 'not_a_calendar'],
  ])('is not known of an event %s: such a file is not believed', (_, lines, problem) => {
    expect(() => busy(event(...lines))).toThrow(expect.objectContaining(hasProblem(problem)));
  });

  it('is not believed where there are more than anybody has', () => {
    const many = Array.from({ length: 5001 }, () => event('DTSTART:20270326T160000Z', 'DURATION:PT1H'));
    expect(() => busy(...many)).toThrow(expect.objectContaining({ problem: 'too_many_events' }));
  });

  it('takes a bounded time over thousands of endless rules', () => {
    const endless = Array.from({ length: 2000 }, (_, i) =>
      event('DTSTART:19700101T000000Z', `DURATION:PT${i + 1}S`, 'RRULE:FREQ=DAILY;COUNT=99999;BYMONTH=1;BYMONTHDAY=31'),
    );
    expect(() => busy(...endless)).toThrow(expect.objectContaining({ code: 'rule_too_expensive' }));
  });
});

const hasProblem = (problem: string) => (/^(local_|rule_)/.test(problem) ? { code: problem } : { problem });
