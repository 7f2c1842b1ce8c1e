import type { Tx } from '@scheduling/persistence';

/** Makes groups known, so that they can be paused. */
export async function registerGroups(tx: Tx, groups: readonly string[]): Promise<void> {
  await tx.sql`
    insert into consumer_groups (consumer_group) select unnest(${groups}::text[]) order by 1 on conflict do nothing`;
}

/** Says what an operator wants of a group. */
export async function setPaused(tx: Tx, group: string, paused: boolean): Promise<void> {
  await tx.sql`update consumer_groups set paused = ${paused} where consumer_group = ${group}`;
}

/** Which of these groups are paused. */
export async function pausedGroups(tx: Tx, groups: readonly string[]): Promise<string[]> {
  const rows = await tx.sql<{ consumer_group: string }>`
    select consumer_group from consumer_groups where consumer_group = any(${groups}) and paused`;
  return rows.map((row) => row.consumer_group);
}

/** Whether a group is paused; it stays so until the transaction ends. */
export async function isPausedForNow(tx: Tx, group: string): Promise<boolean> {
  const rows = await tx.sql<{ paused: boolean }>`
    select paused from consumer_groups where consumer_group = ${group} and paused for share`;
  return rows.length > 0;
}
