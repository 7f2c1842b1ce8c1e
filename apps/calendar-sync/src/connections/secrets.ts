import type { PersonId } from '@scheduling/domain';

// What each sealed column is about: a value that is put into another row or column does not open there.

export const accessTokenOf = (person: PersonId): string => `access_token ${person}`;
export const refreshTokenOf = (person: PersonId): string => `refresh_token ${person}`;
export const verifierOf = (person: PersonId): string => `code_verifier ${person}`;
export const importAddressOf = (person: PersonId): string => `import_address ${person}`;
