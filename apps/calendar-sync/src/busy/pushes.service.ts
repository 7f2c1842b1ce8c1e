import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@scheduling/persistence';
import { hashOf } from './channels.service.ts';
import { findListener, noteHeard } from './channels.store.ts';
import { ChannelUnknown } from './pushes.errors.ts';
import { ReadingsLoop } from './readings-loop.ts';
import { askForReading } from './readings.store.ts';

/** What a push says of itself. */
export interface Push {
  readonly channelId: string;
  readonly token: string;
  readonly resourceId: string;
  /** `sync` for the first of a channel, which tells of no change. */
  readonly state: string;
  /** Grows with each push of a channel. */
  readonly messageNumber: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NUMBER = /^\d{1,15}$/;
/** No token has it: who asks for a channel that is none waits as long for the answer. */
const NOBODY = Buffer.alloc(32);

@Injectable()
export class PushesService {
  constructor(
    private readonly db: Database,
    private readonly loop: ReadingsLoop,
  ) {}

  /** Has a calendar read that Google says has changed; what it says beyond that is not believed. */
  async receive({ channelId, token, resourceId, state, messageNumber }: Push): Promise<void> {
    if (!UUID.test(channelId) || !NUMBER.test(messageNumber) || resourceId === '') throw new ChannelUnknown();
    await this.db.transaction(async (tx) => {
      const listener = await findListener(tx, channelId);
      const isTheirs = timingSafeEqual(listener?.tokenHash ?? NOBODY, hashOf(token));
      if (!listener || !isTheirs || (listener.resourceId ?? resourceId) !== resourceId) throw new ChannelUnknown();
      const isNews = await noteHeard(tx, channelId, resourceId, Number(messageNumber));
      if (!isNews || state === 'sync') return;
      await askForReading(tx, listener.calendar);
      tx.afterCommit(() => this.loop.wake());
    });
  }
}
