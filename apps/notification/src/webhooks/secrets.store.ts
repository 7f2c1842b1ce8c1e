import type { Tx } from '@scheduling/persistence';

/** Has a secret sign from now on, and what signed until now only for so many hours more. */
export async function replaceSecret(tx: Tx, endpointId: string, secret: string, hours: number): Promise<void> {
  await tx.sql`delete from webhook_secrets where endpoint_id = ${endpointId} and expires_at <= ${tx.now}`;
  await tx.sql`
    update webhook_secrets set expires_at = ${tx.now}::timestamptz + make_interval(hours => ${hours})
     where endpoint_id = ${endpointId} and expires_at is null`;
  await tx.sql`
    insert into webhook_secrets (endpoint_id, secret, created_at) values (${endpointId}, ${secret}, ${tx.now})`;
}
