import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@scheduling/persistence';
import { CalendarSyncConfig } from '../config.ts';
import { GoogleAccess } from '../google/google-access.service.ts';
import { GoogleFailure, isForLater } from '../google/google-failure.ts';
import {
  addChannel,
  type Channel,
  channelsOf,
  forgetChannels,
  needlessChannels,
  openChannel,
} from './channels.store.ts';
import type { WatchedCalendar } from './watched-calendar.ts';

const DAY = 86_400_000;
/** How long a channel lives; it is followed by another when less than a day of it is left. */
const LIFETIME = 7 * DAY;
const RENEWAL = DAY;
const BATCH = 100;

/** Has Google push what changes in calendars, where it can reach us. */
@Injectable()
export class ChannelsService {
  private readonly logger = new Logger(ChannelsService.name);
  private readonly address: string;
  /** Google pushes to https only; its double to anywhere. */
  private readonly isReachable: boolean;

  constructor(
    private readonly db: Database,
    private readonly google: GoogleAccess,
    config: CalendarSyncConfig,
  ) {
    this.address = `${config.PUBLIC_URL.replace(/\/$/, '')}/api/v1/scheduling/webhooks/google-calendar`;
    this.isReachable = this.address.startsWith('https:') || config.GOOGLE_API_URL !== undefined;
  }

  /**
   * Sees to it that a calendar has a channel which lasts: a new one is opened before the old one is stopped, so that no change
   * falls between them. Answers whether its changes are pushed.
   */
  async keepOpen(calendar: WatchedCalendar): Promise<boolean> {
    if (!this.isReachable || calendar.accessRole === 'freeBusyReader') return false;
    const known = await this.db.transaction((tx) => channelsOf(tx, calendar.id));
    const current = known.find(({ resourceId }) => resourceId !== null);
    const isLasting = current !== undefined && current.expiresAt.getTime() - calendar.takenAt.getTime() > RENEWAL;
    if (!isLasting && !(await this.open(calendar))) return current !== undefined;
    for (const old of known) if (old.resourceId !== null && !(isLasting && old === current)) await this.stop(old);
    return true;
  }

  /** Stops and forgets the channels that nobody needs. */
  async sweep(): Promise<void> {
    if (!this.google.isOn) return;
    const needless = await this.db.transaction((tx) => needlessChannels(tx, BATCH));
    for (const channel of needless) await this.stop(channel);
  }

  /** Whether Google has it; where nobody knows, the row stays: the first push tells. */
  private async open(calendar: WatchedCalendar): Promise<boolean> {
    const [id, token] = [randomUUID(), randomBytes(32).toString('base64url')];
    const expiresAt = new Date(calendar.takenAt.getTime() + LIFETIME);
    const tokenHash = hashOf(token);
    const channel = { id, calendar: calendar.id, userId: calendar.userId, tokenHash, expiresAt };
    await this.db.transaction((tx) => addChannel(tx, channel));
    try {
      const requestBody = {
        id,
        token,
        type: 'web_hook',
        address: this.address,
        params: { ttl: String(LIFETIME / 1000) },
      };
      const asked = { calendarId: calendar.calendarId, requestBody };
      const told = await this.google.as(calendar.userId, ({ events }, options) => events.watch(asked, options));
      const until = told.expiration ? new Date(Number(told.expiration)) : expiresAt;
      await this.db.transaction((tx) => openChannel(tx, id, told.resourceId!, until));
      return true;
    } catch (error) {
      if (!(error instanceof GoogleFailure) || error.kind === 'reconnect_required') throw error;
      this.logger.warn({ message: 'A calendar is read without pushes.', calendar: calendar.id, code: error.code });
      if (!isForLater(error)) await this.db.transaction((tx) => forgetChannels(tx, [id]));
      return false;
    }
  }

  /** What Google does not take now is stopped another time, at the latest by its own end. */
  private async stop({ id, resourceId, userId }: Channel): Promise<void> {
    try {
      const requestBody = { id, resourceId };
      if (resourceId !== null)
        await this.google.as(userId, ({ channels }, options) => channels.stop({ requestBody }, options));
    } catch (error) {
      if (!(error instanceof GoogleFailure)) throw error;
      if (isForLater(error)) return;
    }
    await this.db.transaction((tx) => forgetChannels(tx, [id]));
  }
}

/** How a channel's token is kept: whoever reads the table cannot push. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
