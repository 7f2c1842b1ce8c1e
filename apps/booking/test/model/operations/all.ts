import type { Kind } from '../operation.ts';
import { complete, noShow } from './after-the-lesson.ts';
import { cancel } from './cancel.ts';
import { askIntent, confirmByCard, minuteAtStripe, payIntent, webhooks } from './cards.ts';
import { clearSlot } from './clear-slot.ts';
import { confirm } from './confirm.ts';
import { grant } from './grant.ts';
import { hold } from './hold.ts';
import { balance, listBookings, listSlots } from './looks.ts';
import { join, leave, minute, place } from './lines.ts';
import { move } from './move.ts';
import { publish, timeOff } from './publish.ts';
import { release } from './release.ts';
import { chargeLessons, daysPass, makeLessons } from './series.ts';
import { allowance, renew, subscribe } from './subscriptions.ts';
import { sweep, wait } from './time.ts';

/** Everything that can happen; a further kind is a file here and a word in this list. */
export const KINDS: readonly Kind[] = [
  publish,
  timeOff,
  grant,
  subscribe,
  allowance,
  renew,
  hold,
  release,
  confirm,
  askIntent,
  payIntent,
  confirmByCard,
  webhooks,
  minuteAtStripe,
  cancel,
  clearSlot,
  move,
  makeLessons,
  chargeLessons,
  daysPass,
  join,
  leave,
  place,
  minute,
  complete,
  noShow,
  wait,
  sweep,
  listSlots,
  listBookings,
  balance,
];
