import type { Tx } from '@scheduling/persistence';

/** Notes that a phone wants no texts. */
export async function insertOptOut(tx: Tx, phone: string): Promise<void> {
  await tx.sql`insert into sms_opt_outs (phone, stopped_at) values (${phone}, ${tx.now}) on conflict do nothing`;
}

/** Notes that a phone wants texts again. */
export async function deleteOptOut(tx: Tx, phone: string): Promise<void> {
  await tx.sql`delete from sms_opt_outs where phone = ${phone}`;
}

/** Whether a phone's words are news: the same are told again now and then. */
export async function isNewReply(tx: Tx, sid: string): Promise<boolean> {
  const kept = await tx.sql`
    insert into sms_replies (sid, heard_at) values (${sid}, ${tx.now}) on conflict do nothing returning sid`;
  return kept.length > 0;
}
