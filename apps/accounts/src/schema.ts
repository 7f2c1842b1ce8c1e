import { ownSchema } from '@scheduling/persistence';
import { UsersSigningKeys1795341600000 } from './migrations/0001-users-signing-keys.ts';
import { Privacy1795740000010 } from './migrations/0002-privacy.ts';
import { User } from './users/users.entity.ts';

/** The schema `accounts`: what is mapped, and each step that made it. */
export const accountsSchema = (url: string) =>
  ownSchema(url, 'accounts', [User], [UsersSigningKeys1795341600000, Privacy1795740000010]);
