import { expandRule } from './expand-rule.ts';
import { startsOf } from './lessons.ts';
import { parseRule } from './parse-rule.ts';
import { localIso, wallToUtc } from './zones.ts';

const timezone = 'America/New_York';
const at = (local: string) => wallToUtc(new Date(`${local}Z`), timezone);

/** Reads `1997-09 2 9-11 | 1997-10 7` as days; a rule without end is compared up to `until`. */
const days = (text: string) =>
  text.split(' | ').flatMap((line) => {
    const [month, ...ranges] = line.split(' ');
    return ranges.flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, i) => `${month}-${String(first + i).padStart(2, '0')}`);
    });
  });

const expand = (start: string, rule: string, until = '2010-01-01') =>
  expandRule(
    parseRule(rule),
    { startAt: at(`${start}T09:00`), timezone },
    { from: at('1990-01-01T00:00'), until: at(`${until}T00:00`) },
  );

const JANUARYS = '1998-01 1-31 | 1999-01 1-31 | 2000-01 1-31';

describe('the examples of RFC 5545 §3.8.5.3', () => {
  it.each([
    ['1997-09-02', 'FREQ=DAILY;COUNT=10', '1997-09 2-11'],
    ['1997-09-02', 'FREQ=DAILY;UNTIL=19971224T000000Z', '1997-09 2-30 | 1997-10 1-31 | 1997-11 1-30 | 1997-12 1-23'],
    ['1997-09-02', 'FREQ=DAILY;INTERVAL=10;COUNT=5', '1997-09 2 12 22 | 1997-10 2 12'],
    ['1998-01-01', 'FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA', JANUARYS],
    ['1998-01-01', 'FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1', JANUARYS],
    ['1997-09-02', 'FREQ=WEEKLY;COUNT=10', '1997-09 2 9 16 23 30 | 1997-10 7 14 21 28 | 1997-11 4'],
    [
      '1997-09-02',
      'FREQ=WEEKLY;UNTIL=19971224T000000Z',
      '1997-09 2 9 16 23 30 | 1997-10 7 14 21 28 | 1997-11 4 11 18 25 | 1997-12 2 9 16 23',
    ],
    [
      '1997-09-02',
      'FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH',
      '1997-09 2 4 9 11 16 18 23 25 30 | 1997-10 2',
    ],
    ['1997-09-02', 'FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH', '1997-09 2 4 9 11 16 18 23 25 30 | 1997-10 2'],
    [
      '1997-09-01',
      'FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR',
      '1997-09 1 3 5 15 17 19 29 | 1997-10 1 3 13 15 17 27 29 31 | 1997-11 10 12 14 24 26 28 | 1997-12 8 10 12 22',
    ],
    ['1997-09-02', 'FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH', '1997-09 2 4 16 18 30 | 1997-10 2 14 16'],
    [
      '1997-09-05',
      'FREQ=MONTHLY;COUNT=10;BYDAY=1FR',
      '1997-09 5 | 1997-10 3 | 1997-11 7 | 1997-12 5 | 1998-01 2 | 1998-02 6 | 1998-03 6 | 1998-04 3 | 1998-05 1 | 1998-06 5',
    ],
    ['1997-09-05', 'FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR', '1997-09 5 | 1997-10 3 | 1997-11 7 | 1997-12 5'],
    [
      '1997-09-07',
      'FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU',
      '1997-09 7 28 | 1997-11 2 30 | 1998-01 4 25 | 1998-03 1 29 | 1998-05 3 31',
    ],
    [
      '1997-09-22',
      'FREQ=MONTHLY;COUNT=6;BYDAY=-2MO',
      '1997-09 22 | 1997-10 20 | 1997-11 17 | 1997-12 22 | 1998-01 19 | 1998-02 16',
    ],
    [
      '1997-09-02',
      'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15',
      '1997-09 2 15 | 1997-10 2 15 | 1997-11 2 15 | 1997-12 2 15 | 1998-01 2 15',
    ],
    [
      '1997-09-30',
      'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1',
      '1997-09 30 | 1997-10 1 31 | 1997-11 1 30 | 1997-12 1 31 | 1998-01 1 31 | 1998-02 1',
    ],
    ['1997-09-10', 'FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15', '1997-09 10-15 | 1999-03 10-13'],
    [
      '1997-06-10',
      'FREQ=YEARLY;COUNT=10;BYMONTH=6,7',
      '1997-06 10 | 1997-07 10 | 1998-06 10 | 1998-07 10 | 1999-06 10 | 1999-07 10 | 2000-06 10 | 2000-07 10 | 2001-06 10 | 2001-07 10',
    ],
    [
      '1997-03-10',
      'FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3',
      '1997-03 10 | 1999-01 10 | 1999-02 10 | 1999-03 10 | 2001-01 10 | 2001-02 10 | 2001-03 10 | 2003-01 10 | 2003-02 10 | 2003-03 10',
    ],
    [
      '1997-01-01',
      'FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200',
      '1997-01 1 | 1997-04 10 | 1997-07 19 | 2000-01 1 | 2000-04 9 | 2000-07 18 | 2003-01 1 | 2003-04 10 | 2003-07 19 | 2006-01 1',
    ],
    ['1997-09-04', 'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', '1997-09 4 | 1997-10 7 | 1997-11 6'],
    ['1997-08-05', 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '1997-08 5 10 19 24'],
    ['1997-08-05', 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '1997-08 5 17 19 31'],
    ['2007-01-15', 'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5', '2007-01 15 30 | 2007-02 15 | 2007-03 15 30'],
  ])('come out for %s %s', (start, rule, expected) => {
    expect(expand(start, rule)).toEqual(days(expected).map((day) => at(`${day}T09:00`)));
  });

  it.each([
    [
      '1997-09-02',
      'FREQ=DAILY;INTERVAL=2',
      '1997-12-05',
      '1997-09 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 | 1997-10 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 | ' +
        '1997-11 1 3 5 7 9 11 13 15 17 19 21 23 25 27 29 | 1997-12 1 3',
    ],
    [
      '1997-09-02',
      'FREQ=WEEKLY;INTERVAL=2;WKST=SU',
      '1998-03-01',
      '1997-09 2 16 30 | 1997-10 14 28 | 1997-11 11 25 | 1997-12 9 23 | 1998-01 6 20 | 1998-02 3 17',
    ],
    [
      '1997-09-28',
      'FREQ=MONTHLY;BYMONTHDAY=-3',
      '1998-03-01',
      '1997-09 28 | 1997-10 29 | 1997-11 28 | 1997-12 29 | 1998-01 29 | 1998-02 26',
    ],
    [
      '1997-09-02',
      'FREQ=MONTHLY;INTERVAL=2;BYDAY=TU',
      '1998-04-01',
      '1997-09 2 9 16 23 30 | 1997-11 4 11 18 25 | 1998-01 6 13 20 27 | 1998-03 3 10 17 24 31',
    ],
    ['1997-05-19', 'FREQ=YEARLY;BYDAY=20MO', '2000-01-01', '1997-05 19 | 1998-05 18 | 1999-05 17'],
    ['1997-05-12', 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', '2000-01-01', '1997-05 12 | 1998-05 11 | 1999-05 17'],
    [
      '1997-03-13',
      'FREQ=YEARLY;BYMONTH=3;BYDAY=TH',
      '2000-01-01',
      '1997-03 13 20 27 | 1998-03 5 12 19 26 | 1999-03 4 11 18 25',
    ],
    [
      '1997-06-05',
      'FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8',
      '2000-01-01',
      '1997-06 5 12 19 26 | 1997-07 3 10 17 24 31 | 1997-08 7 14 21 28 | 1998-06 4 11 18 25 | 1998-07 2 9 16 23 30 | ' +
        '1998-08 6 13 20 27 | 1999-06 3 10 17 24 | 1999-07 1 8 15 22 29 | 1999-08 5 12 19 26',
    ],
    [
      '1997-09-02',
      'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
      '2001-01-01',
      '1998-02 13 | 1998-03 13 | 1998-11 13 | 1999-08 13 | 2000-10 13',
    ],
    [
      '1997-09-13',
      'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13',
      '1998-07-01',
      '1997-09 13 | 1997-10 11 | 1997-11 8 | 1997-12 13 | 1998-01 10 | 1998-02 7 | 1998-03 7 | 1998-04 11 | 1998-05 9 | 1998-06 13',
    ],
    [
      '1996-11-05',
      'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
      '2005-01-01',
      '1996-11 5 | 2000-11 7 | 2004-11 2',
    ],
    [
      '1997-09-29',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
      '1998-04-01',
      '1997-09 29 | 1997-10 30 | 1997-11 27 | 1997-12 30 | 1998-01 29 | 1998-02 26 | 1998-03 30',
    ],
  ])('come out, as far as they are printed, for %s %s', (start, rule, until, expected) => {
    expect(expand(start, rule, until)).toEqual(days(expected).map((day) => at(`${day}T09:00`)));
  });

  it.each([
    ['FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z', '09:00 12:00 15:00'],
    ['FREQ=MINUTELY;INTERVAL=15;COUNT=6', '09:00 09:15 09:30 09:45 10:00 10:15'],
    ['FREQ=MINUTELY;INTERVAL=90;COUNT=4', '09:00 10:30 12:00 13:30'],
  ])('come out within a day for %s', (rule, times) => {
    expect(expand('1997-09-02', rule).map((start) => localIso(start, timezone))).toEqual(
      times.split(' ').map((time) => `1997-09-02T${time}:00-04:00`),
    );
  });

  it.each([
    'FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40',
    'FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16',
  ])('come out every 20 minutes from 9:00 to 16:40 for %s', (rule) => {
    const hours = ['09', '10', '11', '12', '13', '14', '15', '16'];
    const times = hours.flatMap((hour) => ['00', '20', '40'].map((minute) => `${hour}:${minute}`));
    expect(expand('1997-09-02', rule, '1997-09-05')).toEqual(
      ['02', '03', '04'].flatMap((day) => times.map((time) => at(`1997-09-${day}T${time}`))),
    );
  });

  it('come out for Friday the 13th with its EXDATE, which takes the first Tuesday out', () => {
    const starts = startsOf(
      {
        startAt: at('1997-09-02T09:00'),
        endAt: at('1997-09-02T10:00'),
        rule: parseRule('FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13'),
        timezone,
        exdates: [at('1997-09-02T09:00')],
        lessonMinutes: 60,
      },
      { from: at('1997-01-01T00:00'), until: at('2001-01-01T00:00') },
    );
    expect(starts).toEqual(
      days('1998-02 13 | 1998-03 13 | 1998-11 13 | 1999-08 13 | 2000-10 13').map((day) => at(`${day}T09:00`)),
    );
  });

  it('come out as erratum 3883 says: with UNTIL as it was printed, every three hours ends at noon', () => {
    expect(expand('1997-09-02', 'FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z')).toEqual(
      ['09:00', '12:00'].map((time) => at(`1997-09-02T${time}`)),
    );
  });
});
