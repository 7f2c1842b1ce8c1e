import type { LinkSource } from '../bookings/bookings.entity.ts';

/** A link that somebody states for a lesson. */
export interface StatedLink {
  readonly link: string;
  readonly source: Exclude<LinkSource, 'template'>;
  /** Whether it comes from the tutor. */
  readonly isTutors: boolean;
}

const LONGEST = 500;

/** Whether a link replaces the one that a lesson has: any does the platform's, the tutor's a calendar's, and a room chosen for it is never left for one of a calendar. */
export function replaces({ link, source, isTutors }: StatedLink, now: { link: string; source: LinkSource }): boolean {
  if (!isLink(link) || link === now.link) return false;
  if (now.source === 'template') return true;
  return isTutors && (source !== 'google' || now.source === 'google');
}

/** Whether people can be sent there: https, and nothing else in it that a mail or a calendar would trip over. */
function isLink(text: string): boolean {
  if (text.length > LONGEST || !/^https:\/\/[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}
