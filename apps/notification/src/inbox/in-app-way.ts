import { Injectable } from '@nestjs/common';
import { type Delivery, type Handed, type Reach, Way } from '../deliveries/way.ts';
import { bookingOf } from '../ledger/outcomes.ts';
import { insertNote } from './inbox.store.ts';

/** Lets people read where they are signed in: nothing leaves the house, so that a note is there as soon as the ledger says so. */
@Injectable()
export class InAppWay extends Way {
  readonly channel = 'in_app';
  readonly isOn = true;
  readonly silence = '';
  readonly width = 20;
  override readonly isInside = true;
  readonly perSecond = Number.POSITIVE_INFINITY;

  /** Whoever is known can sign in. */
  reach(): Reach {
    return 'yes';
  }

  /** Keeps a note, with the word in the ledger that it is delivered. */
  async hand({ message: { id, recipientId, news }, letter }: Delivery): Promise<Handed> {
    const note = {
      id,
      kind: news.kind,
      title: letter.headline,
      body: letter.brief,
      link: letter.action?.link ?? null,
      bookingId: bookingOf(news),
    };
    return { response: 'kept', isDelivered: true, record: (tx) => insertNote(tx, recipientId, note) };
  }
}
