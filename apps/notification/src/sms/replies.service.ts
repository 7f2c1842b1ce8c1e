import { Injectable } from '@nestjs/common';
import { audit, Database } from '@scheduling/persistence';
import { deleteOptOut, insertOptOut, isNewReply } from './opt-outs.store.ts';
import { wishOf } from './replies.policy.ts';

/** What a phone has written to us. */
export interface Reply {
  readonly sid: string;
  readonly phone: string;
  readonly text: string;
  /** What Twilio takes it for, where it says so. */
  readonly type: string | undefined;
}

/** Heeds phones that want no texts any more, or want them again; nobody reads what else they write. */
@Injectable()
export class RepliesService {
  constructor(private readonly db: Database) {}

  async hear({ sid, phone, text, type }: Reply): Promise<void> {
    const wish = wishOf(text, type);
    if (wish === null) return;
    await this.db.transaction(async (tx) => {
      if (!(await isNewReply(tx, sid))) return;
      audit(tx, { action: wish === 'stop' ? 'TextsStopped' : 'TextsWanted', subject: ['text', sid] });
      if (wish === 'stop') await insertOptOut(tx, phone);
      else await deleteOptOut(tx, phone);
    });
  }
}
