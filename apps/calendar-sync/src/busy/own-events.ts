import { UID_DOMAIN } from '@scheduling/invitations';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar';

/** Whether an event stands for one of our lessons: we wrote it, or it came with a mail of ours. Booking knows its time. */
export const isOurs = ({ extendedProperties, iCalUID }: calendar_v3.Schema$Event): boolean =>
  extendedProperties?.private?.['scheduling_booking_id'] !== undefined ||
  (iCalUID?.endsWith(`@${UID_DOMAIN}`) ?? false);
