import { ForwardOnly } from '@scheduling/persistence';

export class UsersSigningKeys1795341600000 extends ForwardOnly {
  override readonly sql = /* sql */ `
    create table users (
      id         uuid        primary key, -- The subject where that is a UUID, else made from issuer and subject.
      issuer     text        not null,
      subject    text        not null,
      email      text,
      name       text        not null,
      phone      text        check (phone ~ '^\\+[1-9][0-9]{6,14}$'),
      roles      text[]      not null check (roles <@ array['student', 'tutor', 'admin', 'service']),
      timezone   text        not null,
      locale     text        not null,
      version    bigint      not null check (version > 0),
      created_at timestamptz not null,
      updated_at timestamptz not null,

      constraint users_one_per_subject unique (issuer, subject)
    );
    -- An address names one person of an issuer, in whatever case it is written.
    create unique index users_one_per_email on users (issuer, lower(email));
    -- What the list of tutors reads, page by page.
    create index users_tutors on users (id) where roles @> array['tutor'];

    -- Embedded mode only, where whoever reads the database owns the machine: the private halves lie open.
    create table signing_keys (
      kid         text        primary key,
      private_jwk jsonb       not null,
      created_at  timestamptz not null
    );
  `;
}
