import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../../start/settings.mjs';
import { byTurns, compare } from '../statistics.mjs';
import { perSecond } from '../table.mjs';

const require = createRequire(join(ROOT, 'package.json'));

const DAY = 86_400_000;
const WEEKS = 8;
const ZONES = ['UTC', 'Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca'];
/** The rules that tutors enter: an hour or several, on a day or several, every week or every other. */
const RULES = [
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;BYDAY=TU',
  'FREQ=WEEKLY;BYDAY=MO,WE,FR',
  'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=9',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH',
  'FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=16,17,18;BYMINUTE=0;BYSECOND=0',
];

/** How fast rules become instants beside the raw engine, which knows no timezones. */
export async function expansion({ signal, isQuick }) {
  const ours = ourWork();
  const twin = rawWork();
  checkSameCounts(ours, twin);
  const passes = isQuick ? 60 : 300;
  const measured = (work) => () => rate(work, passes);
  const contenders = { ours: measured(ours), twin: measured(twin) };
  await byTurns(contenders, 2, signal); // warm
  const figures = await byTurns(contenders, isQuick ? 7 : 15, signal);
  return [
    compare({
      what: `expansion of ${RULES.length} weekly rules, ${WEEKS} weeks`,
      ...figures,
      show: perSecond,
      aim: { atLeast: 0.5 },
    }),
  ];
}

/** Rules a second. */
function rate(work, passes) {
  const began = performance.now();
  for (let pass = 0; pass < passes; pass += 1) for (const expand of work) expand(pass);
  return (passes * work.length * 1000) / (performance.now() - began);
}

const START = new Date('2026-09-07T07:00:00Z'); // a Monday
/** Windows move, so that neither remembers an answer; over the half-year they meet the changes of clocks. */
const windowOf = (pass) => {
  const from = new Date(START.getTime() + (pass % 180) * DAY);
  return { from, until: new Date(from.getTime() + WEEKS * 7 * DAY) };
};

function ourWork() {
  const { expandRule, parseRule } = require('@scheduling/time');
  return RULES.flatMap((text) => {
    const rule = parseRule(text);
    return ZONES.map((timezone) => (pass) => expandRule(rule, { startAt: START, timezone }, windowOf(pass)));
  });
}

/** What rrule does with the same rule in floating time; its own cache off, since no two questions are the same. */
function rawWork() {
  const { RRule } = require('rrule');
  return RULES.flatMap((text) => {
    const rule = new RRule({ ...RRule.parseString(text), dtstart: START }, true);
    return ZONES.map(() => (pass) => {
      const { from, until } = windowOf(pass);
      return rule.between(from, new Date(until.getTime() - 1), true); // its ends both belong to it
    });
  });
}

/** In UTC both mean the same instants: a twin that does less work would be no twin. */
function checkSameCounts(ours, twin) {
  for (let n = 0; n < ours.length; n += ZONES.length) {
    const [mine, raw] = [ours[n](3), twin[n](3)].map((starts) => starts.map((at) => at.getTime()));
    if (mine.join() !== raw.join()) throw new Error(`rrule expands ${RULES[n / ZONES.length]} otherwise`);
  }
}
