import type { BookingId } from '@scheduling/domain';
import { LinkTemplateNotUsable } from './video.errors.ts';

/** What stands in a template for the lesson's id, so that each lesson has a room of its own. */
const MARK = '{booking_id}';
const SOME_BOOKING = '00000000-0000-4000-8000-000000000000' as BookingId;
/** The longest link that a booking takes, in characters. */
const LONGEST = 500;

/** The link of a lesson by its tutor's template. */
export const linkOf = (template: string, bookingId: BookingId): string =>
  new URL(template.replaceAll(MARK, bookingId)).href;

/** Lets only a template through whose links open a page by https, and look like what they are. */
export function usableTemplate(template: string): string {
  const rest = template.replaceAll(MARK, SOME_BOOKING);
  if (/[{}]/.test(rest)) throw new LinkTemplateNotUsable('unknown_mark');
  const url = URL.parse(rest);
  if (!url) throw new LinkTemplateNotUsable('not_a_link');
  if (url.protocol !== 'https:') throw new LinkTemplateNotUsable('not_https');
  if (url.username || url.password) throw new LinkTemplateNotUsable('with_password');
  if (url.host.includes(SOME_BOOKING)) throw new LinkTemplateNotUsable('mark_in_host');
  if (url.href.length > LONGEST) throw new LinkTemplateNotUsable('too_long');
  return template;
}
