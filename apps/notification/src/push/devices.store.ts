import type { PersonId } from '@scheduling/domain';
import type { Tx } from '@scheduling/persistence';
import type { Device, NewDevice, Platform } from './device.ts';

/** Keeps a device as this person's, whoever had it before, and says whether it is new to them. */
export async function keepDevice(
  tx: Tx,
  userId: PersonId,
  { platform, address, keys }: NewDevice,
): Promise<{ device: Device; isNew: boolean }> {
  // Somebody else's goes with its id and its receipts: they must not be able to remove it later.
  await tx.sql`delete from push_devices where address = ${address} and user_id <> ${userId}`;
  const [row] = await tx.sql<Row & { isNew: boolean }>`
    insert into push_devices as known (user_id, platform, address, p256dh, auth, created_at, last_used_at)
    values (${userId}, ${platform}, ${address}, ${keys?.p256dh ?? null}, ${keys?.auth ?? null}, ${tx.now}, ${tx.now})
    on conflict (address) do update
      set user_id = excluded.user_id, platform = excluded.platform, p256dh = excluded.p256dh, auth = excluded.auth,
          last_used_at = excluded.last_used_at
    returning *, (xmax = 0) as "isNew"`;
  return { device: deviceOf(row!), isNew: row!.isNew };
}

/** Drops all but the newest devices of a person. */
export async function dropOldest(tx: Tx, userId: PersonId, most: number): Promise<void> {
  await tx.sql`
    delete from push_devices
     where id in (select id from push_devices where user_id = ${userId}
                   order by last_used_at desc, created_at desc, id offset ${most}::int)`;
}

/** A person's devices, the one last used first. */
export async function devicesOf(tx: Tx, userId: PersonId): Promise<Device[]> {
  const rows = await tx.sql<Row>`
    select * from push_devices where user_id = ${userId} order by last_used_at desc, created_at desc, id`;
  return rows.map(deviceOf);
}

/** Forgets a device of a person's; false where they have none of this id. */
export async function deleteDevice(tx: Tx, userId: PersonId, id: string): Promise<boolean> {
  const rows = await tx.sql`delete from push_devices where id = ${id} and user_id = ${userId} returning id`;
  return rows.length > 0;
}

/** Which of a message's devices have taken it. */
export async function receiptsOf(tx: Tx, messageId: string): Promise<Set<string>> {
  const rows = await tx.sql<{ id: string }>`
    select device_id as id from push_receipts where message_id = ${messageId}`;
  return new Set(rows.map(({ id }) => id));
}

/** Writes down which devices took a message; one that is gone by now needs no receipt. */
export async function insertReceipts(tx: Tx, messageId: string, devices: readonly Device[]): Promise<void> {
  const ids = devices.map(({ id }) => id);
  await tx.sql`
    with present as (select id from push_devices where id = any(${ids}::uuid[]) order by id for key share)
    insert into push_receipts (message_id, device_id) select ${messageId}, id from present
    on conflict do nothing`;
}

/** Drops devices that their provider knows no more, unless they have registered anew meanwhile. */
export async function dropGone(tx: Tx, devices: readonly Device[]): Promise<void> {
  for (const { id, lastUsedAt } of devices)
    await tx.sql`delete from push_devices where id = ${id} and last_used_at = ${lastUsedAt}`;
}

interface Row {
  id: string;
  platform: Platform;
  address: string;
  p256dh: string | null;
  auth: string | null;
  created_at: Date;
  last_used_at: Date;
}

const deviceOf = ({ id, platform, address, p256dh, auth, ...row }: Row): Device => ({
  id,
  platform,
  address,
  keys: p256dh !== null && auth !== null ? { p256dh, auth } : null,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
});
