import { ForwardOnly } from '@scheduling/persistence';

export class Push1795720000001 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- Browsers and telephones that show messages to whoever is signed in on them.
    create table push_devices (
      id           uuid        primary key default gen_random_uuid(),
      user_id      uuid        not null,
      platform     text        not null check (platform in ('web', 'android', 'ios')),
      -- A browser's endpoint (RFC 8030) or a telephone's FCM token: whoever knows it may write to the device.
      address      text        not null check (address ~ '^[!-~]+$' and length(address) <= 2000),
      p256dh       text, -- What is written to a browser is encrypted for it (RFC 8291): its public key
      auth         text, -- and a secret of its own, both in base64url.
      created_at   timestamptz not null,
      last_used_at timestamptz not null, -- When it last registered: apps do at each start.

      check ((platform = 'web') = (p256dh is not null)),
      check ((platform = 'web') = (auth is not null)),
      -- A device on which somebody else signs in is theirs from then on.
      constraint push_devices_once unique (address)
    );
    create index push_devices_of_person on push_devices (user_id, last_used_at);

    -- Which device has taken which message, so that a retry goes to the others only.
    create table push_receipts (
      message_id uuid not null references messages (id) on delete cascade,
      device_id  uuid not null references push_devices (id) on delete cascade,
      primary key (message_id, device_id)
    );
    -- For devices that are dropped.
    create index push_receipts_of_device on push_receipts (device_id);
  `;
}
