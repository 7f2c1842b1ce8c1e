import { Injectable } from '@nestjs/common';
import { Clock } from '@scheduling/domain';
import { Database } from '@scheduling/persistence';
import { NotificationConfig } from '../config.ts';
import { DeliveryFailure } from '../deliveries/delivery-failure.ts';
import { type Delivery, type Handed, type Reach, Way } from '../deliveries/way.ts';
import type { Recipient } from '../recipients/recipients.store.ts';
import { insertOptOut } from './opt-outs.store.ts';
import { obstacleOf } from './phones.ts';
import { outcomeOf, type TextStatus } from './statuses.policy.ts';
import { STOPPED, StatusesService } from './statuses.service.ts';
import { referenceOf, textOf } from './text.policy.ts';
import { type TakenText, TwilioClient } from './twilio-client.ts';
import { SETTLES_MS } from './twilio-failures.ts';
import { validityOf } from './validity.policy.ts';

/** Twilio's clock and ours agree within this, in milliseconds. */
const SKEW_MS = 60_000;

/** Texts, over Twilio, which knows no repeats: whether an unanswered one was taken is looked up before it is sent again. */
@Injectable()
export class SmsWay extends Way {
  readonly channel = 'sms';
  readonly silence = 'no account for texts is set up';
  readonly width = 5;
  readonly perSecond: number;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly twilio: TwilioClient,
    private readonly statuses: StatusesService,
    { TEXTS_PER_SECOND }: NotificationConfig,
  ) {
    super();
    this.perSecond = TEXTS_PER_SECOND;
  }

  override get isOn(): boolean {
    return this.twilio.isOn;
  }

  override reach({ phone, hasStopped }: Recipient): Reach {
    if (phone === null || phone === '') return { never: 'the recipient has no phone number' };
    if (hasStopped) return { never: 'the number has sent STOP' };
    const obstacle = obstacleOf(phone);
    return obstacle === null ? 'yes' : { never: obstacle };
  }

  override async hand({ message, parties, letter }: Delivery): Promise<Handed> {
    const to = parties.reader.phone ?? '';
    const validity = validityOf(message.news, this.clock.now());
    try {
      const taken = await this.twilio.send({ to, body: textOf(letter, message.id), validity, messageId: message.id });
      return this.handed(message.id, statusOf(taken));
    } catch (error) {
      if (error instanceof DeliveryFailure && error.code === String(STOPPED))
        await this.db.transaction((tx) => insertOptOut(tx, to));
      throw error;
    }
  }

  override async find({ message, parties }: Delivery): Promise<Handed | null> {
    const handingAt = message.handingAt ?? this.clock.now();
    const since = new Date(handingAt.getTime() - SKEW_MS);
    const told = await this.statuses.told(message.id, since);
    if (told) return this.handed(message.id, told);
    const found = await this.look(parties.reader.phone ?? '', message.id, since);
    if (found) return this.handed(message.id, statusOf(found));
    const early = SETTLES_MS - (this.clock.now().getTime() - handingAt.getTime());
    if (early > 0) throw new DeliveryFailure('unknown', 'not_listed_yet', 'Twilio does not list the text yet', early);
    return null;
  }

  /** Whatever keeps us from looking, the text may have been taken. */
  private async look(phone: string, messageId: string, since: Date): Promise<TakenText | null> {
    try {
      return await this.twilio.find(phone, referenceOf(messageId), since);
    } catch (error) {
      if (!(error instanceof DeliveryFailure)) throw error;
      throw new DeliveryFailure('unknown', error.code, `not to be looked up: ${error.message}`, error.retryAfterMs);
    }
  }

  private handed(messageId: string, status: TextStatus): Handed {
    return {
      response: 'taken',
      providerId: status.sid,
      record: (tx) => this.statuses.settle(tx, messageId, status),
    };
  }
}

const statusOf = ({ sid, status, errorCode }: TakenText): TextStatus => ({
  sid,
  outcome: outcomeOf(status) ?? 'sent',
  errorCode,
});
