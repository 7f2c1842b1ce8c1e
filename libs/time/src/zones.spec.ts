import { spoken } from './spoken.ts';
import {
  clockChanges,
  dayIn,
  isZone,
  localDay,
  localIso,
  localWeek,
  startOfDay,
  utcToWall,
  wallToUtc,
} from './zones.ts';
import { ZONE_NAMES } from './zone-names.ts';
import { abbreviationAt } from './abbreviations.ts';

const wall = (text: string) => new Date(`${text}Z`);

describe('wall time to UTC', () => {
  it.each([
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:30Z', 'a gap'],
    ['Europe/Kyiv', '2026-03-29T03:30', '2026-03-29T01:30Z', 'a gap'],
    ['Europe/Kyiv', '2026-10-25T03:30', '2026-10-25T00:30Z', 'an overlap'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30Z', 'an overlap'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45Z', 'a gap of half an hour'],
    ['Antarctica/Troll', '2026-10-25T02:30', '2026-10-25T00:30Z', 'an overlap of two hours'],
  ])('takes %s %s for %s (%s)', (zone, local, utc) => {
    expect(wallToUtc(wall(local), zone)).toEqual(new Date(utc));
  });

  it('undoes utcToWall for every quarter of an hour around a change, but for the second turn of a repeated hour', () => {
    const repeated = [];
    for (let at = Date.parse('2026-10-24T00:00Z'); at < Date.parse('2026-10-26T00:00Z'); at += 900_000) {
      const back = wallToUtc(utcToWall(new Date(at), 'Europe/Kyiv'), 'Europe/Kyiv').getTime();
      if (back !== at) repeated.push([new Date(at).toISOString().slice(0, 16), (at - back) / 60_000]);
    }
    expect(repeated).toEqual(['00', '15', '30', '45'].map((minute) => [`2026-10-25T01:${minute}`, 60]));
  });

  it('refuses what is no zone and no instant', () => {
    expect(() => wallToUtc(wall('2026-01-01T00:00'), 'Mars/Olympus')).toThrow(RangeError);
    expect(() => utcToWall(new Date(Number.NaN), 'Europe/Kyiv')).toThrow(RangeError);
  });
});

describe('a zone name', () => {
  it.each([
    'UTC',
    'Europe/Kyiv',
    'Europe/Kiev',
    'America/Argentina/Buenos_Aires',
    'Asia/Calcutta',
    'Asia/Kolkata',
    'US/Eastern',
    'GB-Eire',
    'EST5EDT',
    'Etc/GMT+5',
    'America/Port-au-Prince',
  ])('%j is one', (name) => expect(isZone(name)).toBe(true));

  it.each([
    '',
    ' ',
    'constructor',
    '__proto__',
    'toString',
    '+05:30',
    'GMT+2',
    'Europe',
    'Europe/',
    'Mars/Olympus',
    'Europe/Kyiv ',
    'Europe/Kyiv\n',
    'europe/london',
    'europe/kyiv',
    'EUROPE/KIEV',
    'asia/kolkata',
    'us/eastern',
    'utc',
    'Etc/GMT+15',
    'Factory',
    '../etc/passwd',
    '２',
    'A'.repeat(10_000),
  ])('%j is none', (name) => expect(isZone(name)).toBe(false));
});

describe('every zone name', () => {
  it('is one to Intl as well', () => {
    expect(ZONE_NAMES.size).toBeGreaterThan(590);
    for (const timeZone of ZONE_NAMES) expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
  });
});

describe('the abbreviation of local time', () => {
  it.each([
    ['Europe/Kyiv', 'EET', 'EEST'],
    ['America/New_York', 'EST', 'EDT'],
    ['Europe/London', 'GMT', 'BST'],
    ['Europe/Dublin', 'GMT', 'IST'],
    ['America/St_Johns', 'NST', 'NDT'],
    ['Australia/Lord_Howe', 'LHDT', 'LHST'],
    ['Asia/Kolkata', 'IST', 'IST'],
    ['Africa/Nairobi', 'EAT', 'EAT'],
    ['UTC', 'UTC', 'UTC'],
    ['Asia/Kathmandu', 'GMT+5:45', 'GMT+5:45'],
    ['America/Sao_Paulo', 'GMT-3', 'GMT-3'],
  ])('in %s is %s in January and %s in July', (zone, january, july) => {
    const [first, second] = ['2026-01-15', '2026-07-15'].map((day) => new Date(day));
    expect([first, second, first].map((at) => abbreviationAt(at!, zone))).toEqual([january, july, january]);
  });

  it('changes with the clock, to the second', () => {
    const change = Date.parse('2026-03-29T01:00Z');
    expect([change - 1000, change].map((at) => abbreviationAt(new Date(at), 'Europe/Kyiv'))).toEqual(['EET', 'EEST']);
  });
});

describe('the changes of a clock', () => {
  const changes = (zone: string, from: string, until: string) =>
    clockChanges(zone, { from: new Date(from), until: new Date(until) }).map(
      ({ at, fromOffset, toOffset }) => `${at.toISOString().slice(0, 16)} ${fromOffset} ${toOffset}`,
    );

  it.each([
    ['Europe/Kyiv', ['2026-03-29T01:00 120 180', '2026-10-25T01:00 180 120']],
    ['America/St_Johns', ['2026-03-08T05:30 -210 -150', '2026-11-01T04:30 -150 -210']],
    ['Australia/Lord_Howe', ['2026-04-04T15:00 660 630', '2026-10-03T15:30 630 660']],
    ['Africa/Casablanca', ['2026-02-15T02:00 60 0', '2026-03-22T02:00 0 60']],
    ['Asia/Kolkata', []],
  ])('in %s are those of 2026', (zone, expected) => {
    expect(changes(zone, '2026-01-01', '2027-01-01').slice(0, 2)).toEqual(expected);
  });

  it('are within a half-open time, to the second', () => {
    expect(changes('Europe/Kyiv', '2026-03-29T01:00Z', '2026-10-25T01:00Z')).toEqual(['2026-03-29T01:00 120 180']);
    expect(changes('Europe/Kyiv', '2026-03-29T01:00:01Z', '2026-10-25T01:00:01Z')).toEqual([
      '2026-10-25T01:00 180 120',
    ]);
  });

  it('may leave out a day, or be short of a minute', () => {
    expect(changes('Pacific/Apia', '2011-12-01', '2012-01-31')).toEqual(['2011-12-30T10:00 -600 840']);
    expect(changes('Africa/Monrovia', '1972-01-01', '1972-02-01')).toEqual(['1972-01-07T00:44 -44.5 0']);
  });
});

describe('local time', () => {
  it.each([
    ['America/New_York', '2026-12-01T14:00Z', '2026-12-01T09:00:00-05:00'],
    ['Asia/Kolkata', '2026-12-01T14:00Z', '2026-12-01T19:30:00+05:30'],
    ['UTC', '2026-12-01T14:00Z', '2026-12-01T14:00:00+00:00'],
    ['Pacific/Kiritimati', '2026-12-01T14:00Z', '2026-12-02T04:00:00+14:00'],
    ['Europe/Kyiv', '2026-10-25T01:30:59.999Z', '2026-10-25T03:30:59+02:00'],
  ])('in %s of %s reads %s', (zone, at, local) => {
    expect(localIso(new Date(at), zone)).toBe(local);
    expect(dayIn(new Date(at), zone)).toBe(local.slice(0, 10));
  });

  it('is spoken with its weekday, its offset and its zone', () => {
    const at = new Date('2026-12-07T14:00Z');
    expect(spoken(at, 'Europe/Kyiv')).toBe('Mon, 7 Dec 2026, 16:00 (GMT+2, Europe/Kyiv)');
    expect(spoken(at, 'America/New_York', 'en-US')).toBe('Mon, Dec 7, 2026, 09:00 (GMT-5, America/New_York)');
    expect(spoken(at, 'Europe/Kyiv', 'de')).toBe('Mo., 7. Dez. 2026, 16:00 (GMT+2, Europe/Kyiv)');
  });

  it('is spoken in English where the locale is none', () => {
    expect(spoken(new Date('2026-12-07T14:00Z'), 'UTC', 'not a locale')).toBe('Mon, 7 Dec 2026, 14:00 (GMT+0, UTC)');
  });
});

describe('the start of a local day', () => {
  it.each([
    ['America/New_York', '2026-03-08', '2026-03-08T05:00Z', 'ordinary, before a change'],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00Z', 'clocks skip midnight'],
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00Z', 'clocks skip midnight'],
    ['Atlantic/Azores', '2026-10-25', '2026-10-25T00:00Z', 'midnight comes twice'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00Z', 'the day was left out'],
  ])('in %s on %s is %s (%s)', (zone, day, at) => {
    const start = startOfDay(day, zone);
    expect(start).toEqual(new Date(at));
    expect(dayIn(new Date(start.getTime() - 1), zone) < day).toBe(true);
  });

  it.each(['2026-02-30', '2026-2-3', '', '2026-13-01', '2026-01-01T00:00'])('refuses %j', (day) => {
    expect(() => startOfDay(day, 'UTC')).toThrow(RangeError);
  });
});

describe('local days and weeks', () => {
  it.each([
    ['Europe/Kyiv', '2026-03-29T12:00Z', '2026-03-28T22:00Z', '2026-03-29T21:00Z'],
    ['Europe/Kyiv', '2026-10-25T12:00Z', '2026-10-24T21:00Z', '2026-10-25T22:00Z'],
    ['Africa/Cairo', '2026-04-24T12:00Z', '2026-04-23T22:00Z', '2026-04-24T21:00Z'],
  ])('in %s the day of %s is from %s to %s', (zone, at, from, until) => {
    expect(localDay(new Date(at), zone)).toEqual({ from: new Date(from), until: new Date(until) });
  });

  it('are whole weeks from Monday, an hour shorter when summer time begins', () => {
    expect(localWeek(new Date('2026-03-29T20:59Z'), 'Europe/Kyiv')).toEqual({
      from: new Date('2026-03-22T22:00Z'),
      until: new Date('2026-03-29T21:00Z'),
    });
  });
});
