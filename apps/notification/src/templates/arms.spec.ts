import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Locale, LOCALES } from './format.ts';
import { letterOf } from '../messages/letter.ts';
import { type Kind, KINDS } from '../messages/kinds.ts';
import { type News, peopleOf } from '../messages/message.ts';
import { exampleOf } from '../preview/examples.ts';
import { sam } from '../../test/letters.ts';

const KIND_NAMES = Object.keys(KINDS) as Kind[];
const from = { name: 'Lessons', address: 'lessons@example.org', domain: 'example.org' };
const SAID_AT = new Date('2026-11-22T10:00:00Z');

const textsOf = (kind: Kind, locale: Locale) =>
  parse(
    readFileSync(join(__dirname, '..', 'messages', kind.replaceAll('_', '-'), `${locale}.yaml`), 'utf8'),
  ) as Readonly<Record<string, string>>;
/** The words that the tags of a template compare with: a misspelt one would silently say nothing, or something else. */
const comparedIn = (text: string): string[] =>
  [...text.matchAll(/\{%[^%]*%\}/g)].flatMap(([tag]) => [...tag.matchAll(/'([^']+)'/g)].map(([, word]) => word!));

type Facts = Readonly<Record<string, unknown>>;
const someDates = (statuses: readonly string[]) =>
  statuses.flatMap((status) =>
    [null, 'student_busy', 'slot_booked', 'slot_held', 'not_offered', 'price_rose', 'unheard_of'].map((code, n) => ({
      number: n + 1,
      start_at: '2026-12-07T14:00:00.000Z',
      status,
      code: code ?? (status === 'skipped' ? 'unheard_of' : null),
    })),
  );
const each = (name: string, values: readonly unknown[]): Facts[] => values.map((value) => ({ [name]: value }));
const both = (some: readonly Facts[], others: readonly Facts[]): Facts[] =>
  some.flatMap((one) => others.map((other) => ({ ...one, ...other })));

/** What else an event of a kind may say than its example does. */
function variantsOf(kind: Kind, event: Facts): readonly Facts[] {
  const people = [event['student_id'], event['tutor_id'], 'somebody-else'];
  const ways = each('payment_method', ['stripe', 'credit', 'subscription', 'unheard_of']);
  const outcomes = each('outcome', ['accepted', 'refused', 'impossible']);
  const moves = each('new_start_at', [null, '2026-12-08T14:00:00.000Z']);
  const table: Partial<Record<Kind, readonly Facts[]>> = {
    booking_confirmed: ways,
    booking_refunded: ways,
    booking_rescheduled: each('rescheduled_by', people),
    booking_canceled: [
      ...both(
        each('cause', [undefined, 'person', 'payment_failed', 'minimum_attendance']),
        each('canceled_by', people),
      ),
      ...both(ways, each('refunded_cents', [undefined, 0, 100])),
    ],
    booking_no_show: both(each('no_show_by', ['student', 'tutor']), each('refunded_cents', [0, 100])),
    payment_failed: each('code', [...comparedIn(textsOf('payment_failed', 'en')['reason']!), 'unheard_of']),
    proposal_made: moves,
    proposal_answered: both(outcomes, moves),
    series_booked: each('dates', [someDates(['booked', 'planned', 'skipped'])]),
    series_dates_skipped: each('dates', [someDates(['skipped']), someDates(['skipped']).slice(0, 1)]),
  };
  return table[kind] ?? [{}];
}

describe('each arm of a template', () => {
  it.each(KIND_NAMES)('asks for the same words in each language: %s', (kind) => {
    for (const [name, text] of Object.entries(textsOf(kind, 'en'))) {
      const asked = [...new Set(comparedIn(text))].toSorted();
      for (const locale of LOCALES) {
        expect([locale, name, [...new Set(comparedIn(textsOf(kind, locale)[name] ?? ''))].toSorted()]).toEqual([
          locale,
          name,
          asked,
        ]);
      }
    }
  });

  it.each(KIND_NAMES)('says something whole, whatever has happened: %s', (kind) => {
    const example = exampleOf(kind);
    const variants = variantsOf(kind, example.event as unknown as Facts);
    const readers = peopleOf(example).flatMap((id) => LOCALES.map((locale) => ({ ...sam, id, locale })));
    for (const facts of variants) {
      const news = { kind, event: { ...example.event, ...facts } } as unknown as News;
      for (const reader of readers) {
        for (const other of ['Olena', '']) {
          const letter = letterOf(news, { reader, other, from, byFile: false }, SAID_AT);
          const lines = [...letter.facts.map(([, value]) => value), ...(letter.list ?? [])];
          for (const said of [letter.subject, letter.headline, letter.lead, letter.brief, ...lines]) {
            expect(said).toMatch(/\S/);
            expect(said).not.toMatch(/[{}\r\n]|undefined|null|NaN| {2}|\s[,.:]|[,:]$|^\s|\s$/);
          }
        }
      }
    }
  });
});
