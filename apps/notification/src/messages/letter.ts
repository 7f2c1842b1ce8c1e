import { bookingCanceled } from './booking-canceled/content.ts';
import { bookingCompleted } from './booking-completed/content.ts';
import { bookingConfirmed } from './booking-confirmed/content.ts';
import { bookingNoShow } from './booking-no-show/content.ts';
import { bookingPendingPayment } from './booking-pending-payment/content.ts';
import { bookingRefunded } from './booking-refunded/content.ts';
import { bookingRescheduled } from './booking-rescheduled/content.ts';
import { calendarReconnect } from './calendar-reconnect/content.ts';
import { dailyAgenda } from './daily-agenda/content.ts';
import { digest } from './digest/content.ts';
import { holdExpiring } from './hold-expiring/content.ts';
import type { Letter } from '../templates/letter.ts';
import { lessonConflicted } from './lesson-conflicted/content.ts';
import { lessonLinkReady } from './lesson-link-ready/content.ts';
import { lessonReminder } from './lesson-soon/content.ts';
import type { News } from './message.ts';
import type { Parties } from './parties.ts';
import { paymentFailed } from './payment-failed/content.ts';
import { proposalAnswered } from './proposal-answered/content.ts';
import { proposalMade } from './proposal-made/content.ts';
import { seriesBooked } from './series-booked/content.ts';
import { seriesDatesSkipped } from './series-dates-skipped/content.ts';
import { type Content, type Reading, type Said } from '../templates/content.ts';
import { Format } from '../templates/format.ts';
import { hasTemplate, say, word } from '../templates/templates.ts';
import { waitlistOffered } from './waitlist-offered/content.ts';
import { nameOf } from './wording.ts';

export type { Letter };

/** How the content of each kind is made of its event. */
const CONTENTS: { readonly [K in News['kind']]: (event: never, reading: Reading) => Content } = {
  booking_pending_payment: bookingPendingPayment,
  booking_confirmed: bookingConfirmed,
  booking_rescheduled: bookingRescheduled,
  booking_canceled: bookingCanceled,
  booking_refunded: bookingRefunded,
  booking_completed: bookingCompleted,
  booking_no_show: bookingNoShow,
  payment_failed: paymentFailed,
  hold_expiring: holdExpiring,
  waitlist_offered: waitlistOffered,
  proposal_made: proposalMade,
  proposal_answered: proposalAnswered,
  lesson_link_ready: lessonLinkReady,
  lesson_tomorrow: lessonReminder,
  lesson_soon: lessonReminder,
  lesson_conflicted: lessonConflicted,
  series_booked: seriesBooked,
  series_dates_skipped: seriesDatesSkipped,
  calendar_reconnect: calendarReconnect,
  daily_agenda: dailyAgenda,
  digest,
};

/** Says news to somebody, in their language and on their clock; each try of a message comes out the same. */
export function letterOf({ kind, event }: News, { reader, other, byFile }: Parties, saidAt: Date): Letter {
  const format = Format.for(reader);
  const { locale, language } = format;
  const name = nameOf(other);
  const common = { other: name, lesson: word(locale, 'lesson', { other: name }) };
  const sayWith = (template: string, values: Content['values']) =>
    say(kind, locale, template, { ...common, ...values });
  const content = CONTENTS[kind](event as never, { reader, other: name, byFile, saidAt, format, say: sayWith });
  const { values, facts, quote, link, list, reference } = content;
  const said = (template: string) => sayWith(template, values);
  const valueOf = (value: Said) => (typeof value === 'string' ? value : said(value.say));
  const footer = [word(locale, 'footer'), ...(reference ? [word(locale, reference.of, { id: reference.id })] : [])];
  return {
    language,
    subject: said('subject'),
    greeting: word(locale, 'greeting', { name: nameOf(reader.name) }),
    headline: said('headline'),
    lead: said('lead'),
    brief: said('brief'),
    ...(quote && { quote }),
    facts: facts.map(([label, value]) => [word(locale, `fact_${label}`), valueOf(value)] as const).filter(isSaid),
    ...(list && { list }),
    ...(link && hasTemplate(kind, 'action') && { action: { label: said('action'), link } }),
    footer: footer.join(' '),
  };
}

const isSaid = ([, value]: readonly [label: string, value: string]): boolean => value !== '';
