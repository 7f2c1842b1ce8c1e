import { ForwardOnly } from '@scheduling/persistence';

export class Privacy1795740000010 extends ForwardOnly {
  override readonly sql = /* sql */ `
    -- What is left of a person who is gone: the id, so that a token which still lives does not make them anew.
    alter table users add column erased_at timestamptz,
      add constraint users_erased_is_empty
        check (erased_at is null or (email is null and phone is null and name = '' and roles = '{}' and subject = id::text)) not valid;
    alter table users validate constraint users_erased_is_empty;

    create table exports (
      id           uuid        primary key,
      person_id    uuid        not null,
      private_jwk  jsonb       not null, -- Opens the parts; gone with the row.
      requested_at timestamptz not null,
      expires_at   timestamptz not null
    );
    create index exports_by_person on exports (person_id, requested_at);
    create index exports_expired on exports (expires_at);

    -- What services answered, sealed.
    create table export_parts (
      export_id uuid     not null references exports (id) on delete cascade,
      service   text     not null,
      part      smallint not null check (part > 0),
      parts     smallint not null check (parts >= part),
      sealed    text     not null,
      primary key (export_id, service, part)
    );
  `;
}
